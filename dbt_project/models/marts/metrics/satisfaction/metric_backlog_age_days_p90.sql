with

measurements as (select * from {{ ref('int_segment_open_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    p90_age_seconds / 86400.0 as numerator,
    cast(null as double) as denominator,
    open_ticket_count as sample_size
from measurements
