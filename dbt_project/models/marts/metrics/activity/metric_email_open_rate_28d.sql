with

measurements as (select * from {{ ref('int_touchpoints_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    email_opened_28d as numerator,
    email_sent_28d as denominator,
    email_sent_28d as sample_size
from measurements
where dimension != 'account'
