with

measurements as (select * from {{ ref('int_segment_surveys_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    nps_invites_completed as numerator,
    nps_invites_delivered as denominator,
    nps_invites_delivered as sample_size
from measurements
