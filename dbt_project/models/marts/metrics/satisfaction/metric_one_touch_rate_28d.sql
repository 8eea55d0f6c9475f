with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    one_touch_ticket_count as numerator,
    solved_with_history_ticket_count as denominator,
    solved_with_history_ticket_count as sample_size
from measurements
