with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    habit_user_count as numerator,
    active_user_count as denominator,
    active_user_count as sample_size
from measurements
