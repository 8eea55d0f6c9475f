with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    reply_in_time_ticket_count as numerator,
    reply_due_ticket_count as denominator,
    reply_due_ticket_count as sample_size
from measurements
