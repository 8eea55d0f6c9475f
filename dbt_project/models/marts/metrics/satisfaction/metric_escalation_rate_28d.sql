with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    escalated_ticket_count as numerator,
    opened_with_priorities_ticket_count as denominator,
    opened_with_priorities_ticket_count as sample_size
from measurements
