with

measurements as (select * from {{ ref('int_segment_activity_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    working_user_days_28d as numerator,
    working_days_28d * mau as denominator,
    mau as sample_size
from measurements
where dimension != 'account'
