with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    invites_completed as numerator,
    invites_delivered as denominator,
    invites_delivered as sample_size
from measurements
