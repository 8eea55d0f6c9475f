with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    csat_positive as numerator,
    csat_answers as denominator,
    csat_answers as sample_size
from measurements
