with

measurements as (select * from {{ ref('int_segment_engagement_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    overdue_account_count as numerator,
    rhythm_account_count as denominator,
    rhythm_account_count as sample_size
from measurements
where dimension != 'account'
