with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    reopened_ticket_count as numerator,
    first_resolution_with_history_ticket_count as denominator,
    first_resolution_with_history_ticket_count as sample_size
from measurements
