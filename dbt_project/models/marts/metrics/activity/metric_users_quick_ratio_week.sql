with

measurements as (select * from {{ ref('int_lifecycle_periods') }})

select
    period_end as metric_date,
    dimension,
    segment,
    new_count + resurrected_count as numerator,
    dormant_count as denominator,
    active_count as sample_size
from measurements
where entity = 'user' and period = 'week' and dimension != 'account'
