with

measurements as (select * from {{ ref('int_segment_tickets_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        escalated_ticket_count as numerator,
        opened_with_priorities_ticket_count as denominator,
        opened_with_priorities_ticket_count as sample_size
    from measurements
),

{{ metric_rows('escalation_rate_28d', from_step='measured') }}
