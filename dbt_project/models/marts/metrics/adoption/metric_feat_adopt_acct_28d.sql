with

measurements as (select * from {{ ref('int_segment_adoption_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    adopting_account_features as numerator,
    eligible_account_features as denominator,
    account_count as sample_size
from measurements
