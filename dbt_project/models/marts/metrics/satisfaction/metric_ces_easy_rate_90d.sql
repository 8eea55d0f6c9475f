with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    ces_easy as numerator,
    ces_answers as denominator,
    ces_answers as sample_size
from measurements
