with

measurements as (select * from {{ ref('int_segment_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    100.0 * opened_ticket_count as numerator,
    mau as denominator,
    mau as sample_size
from measurements
