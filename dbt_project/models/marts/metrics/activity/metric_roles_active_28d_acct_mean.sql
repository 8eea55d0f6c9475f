with

measurements as (select * from {{ ref('int_segment_engagement_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    active_role_total as numerator,
    account_count as denominator,
    account_count as sample_size
from measurements
where dimension != 'account'
