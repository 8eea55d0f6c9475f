with

measurements as (select * from {{ ref('int_touchpoints_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    webinar_attended_28d as numerator,
    webinar_invited_28d as denominator,
    webinar_invited_28d as sample_size
from measurements
where dimension != 'account'
