with

measurements as (select * from {{ ref('int_segment_breadth_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    used_importance as numerator,
    eligible_importance as denominator,
    account_count as sample_size
from measurements
