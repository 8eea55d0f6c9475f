with

measurements as (select * from {{ ref('int_segment_sessions_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    median_session_seconds as numerator,
    cast(null as double) as denominator,
    timed_session_count as sample_size
from measurements
where dimension != 'account'
