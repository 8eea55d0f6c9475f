with

measurements as (select * from {{ ref('int_time_to_value_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    reached_count as numerator,
    spell_count as denominator,
    spell_count as sample_size,
    median_hours as metric_value,
    median_hours_low as interval_low,
    median_hours_high as interval_high
from measurements
