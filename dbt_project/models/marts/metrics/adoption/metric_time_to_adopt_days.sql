with

measurements as (select * from {{ ref('int_time_to_adopt_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    adopted_count as numerator,
    spell_count as denominator,
    spell_count as sample_size,
    median_days as metric_value,
    median_days_low as interval_low,
    median_days_high as interval_high
from measurements
