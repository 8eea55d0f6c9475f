with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    habit_account_count as numerator,
    account_count as denominator,
    account_count as sample_size
from measurements
