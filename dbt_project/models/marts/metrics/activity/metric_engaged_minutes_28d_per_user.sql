with

measurements as (select * from {{ ref('int_segment_sessions_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    user_engaged_seconds_28d / 60 as numerator,
    mau as denominator,
    mau as sample_size
from measurements
where dimension != 'account'
