with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    rated_good_ticket_count as numerator,
    rated_ticket_count as denominator,
    rated_ticket_count as sample_size
from measurements
