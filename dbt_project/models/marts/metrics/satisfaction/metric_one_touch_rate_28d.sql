with

measurements as (select * from {{ ref('int_segment_tickets_daily') }}),

measured as (
    select
        activity_date as metric_date,
        dimension,
        segment,
        one_touch_ticket_count as numerator,
        solved_with_history_ticket_count as denominator,
        solved_with_history_ticket_count as sample_size
    from measurements
),

{{ metric_rows('one_touch_rate_28d', from_step='measured') }}
