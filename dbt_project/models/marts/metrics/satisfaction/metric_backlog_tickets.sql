with

measurements as (select * from {{ ref('int_segment_open_tickets_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    open_ticket_count as numerator,
    cast(null as double) as denominator,
    account_count as sample_size
from measurements
