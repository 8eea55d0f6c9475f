with

measurements as (select * from {{ ref('int_segment_activity_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    user_days_28d as numerator,
    mau as denominator,
    mau as sample_size
from measurements
where dimension != 'account'
