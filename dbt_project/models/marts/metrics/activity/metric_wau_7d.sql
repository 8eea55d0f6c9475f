with

measurements as (select * from {{ ref('int_segment_activity_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    wau as numerator,
    cast(null as double) as denominator,
    account_count as sample_size
from measurements
where dimension != 'account'
