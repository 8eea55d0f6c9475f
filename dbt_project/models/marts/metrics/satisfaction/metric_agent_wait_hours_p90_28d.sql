with

activity as (select * from {{ ref('int_segment_activity_daily') }}),

ticket_times as (select * from {{ ref('int_ticket_time_percentiles_daily') }})

select
    activity.activity_date as metric_date,
    activity.dimension,
    activity.segment,
    ticket_times.p90_seconds / 3600.0 as numerator,
    cast(null as double) as denominator,
    ticket_times.p90_seconds / 3600.0 as metric_value,
    ticket_times.p90_seconds_low / 3600.0 as interval_low,
    ticket_times.p90_seconds_high / 3600.0 as interval_high,
    coalesce(ticket_times.ticket_count, 0) as sample_size
from activity
left join ticket_times
    on
        activity.dimension = ticket_times.dimension
        and activity.segment = ticket_times.segment
        and activity.activity_date = ticket_times.activity_date
        and ticket_times.measure = 'agent_wait'
where activity.dimension != 'account'
