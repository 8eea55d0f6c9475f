with

measurements as (select * from {{ ref('int_lifecycle_periods') }})

select
    period_end as metric_date,
    dimension,
    segment,
    dormant_count as numerator,
    cast(null as double) as denominator,
    active_count as sample_size
from measurements
where entity = 'user' and period = 'week' and dimension != 'account'
