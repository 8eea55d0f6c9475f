with

measurements as (select * from {{ ref('int_segment_sessions_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    engaged_session_count_28d as numerator,
    session_count_28d as denominator,
    session_count_28d as sample_size
from measurements
where dimension != 'account'
