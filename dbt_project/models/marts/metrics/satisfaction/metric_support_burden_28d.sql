with

tickets as (select * from {{ ref('int_segment_tickets_daily') }}),

open_tickets as (select * from {{ ref('int_segment_open_tickets_daily') }})

select
    tickets.activity_date as metric_date,
    tickets.dimension,
    tickets.segment,
    1000.0 * tickets.opened_priced_ticket_count as numerator,
    open_tickets.known_mrr as denominator,
    tickets.account_count as sample_size
from tickets
inner join open_tickets using (dimension, segment, activity_date)
