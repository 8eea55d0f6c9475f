with

measurements as (select * from {{ ref('int_resolution_survival_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    solved_ticket_count as numerator,
    ticket_count as denominator,
    median_seconds / 3600.0 as metric_value,
    median_seconds_low / 3600.0 as interval_low,
    median_seconds_high / 3600.0 as interval_high,
    ticket_count as sample_size
from measurements
