with

histogram as (select * from {{ ref('int_active_day_histogram_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    sum(case when active_days >= 16 then user_count else 0 end) as numerator,
    sum(user_count) as denominator,
    sum(user_count) as sample_size
from histogram
group by activity_date, dimension, segment
