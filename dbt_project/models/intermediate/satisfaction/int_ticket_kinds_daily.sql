with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

tickets as (select * from {{ ref('fct_tickets') }}),

intervals as (
    select * from {{ ref('int_ticket_intervals') }}
    where measure = 'opened'
),

dates as (select * from {{ ref('int_days_spined') }}),

{{ first_segment_days() }},

placed as (
    select
        coalesce(tickets.ticket_type, 'unknown') as ticket_type,
        greatest(intervals.counted_from, first_days.first_date) as counted_from,
        intervals.counted_to
    from intervals
    inner join tickets using (ticket_id)
    inner join first_days
        on
            intervals.account_id = first_days.account_id
            and intervals.counted_to > first_days.first_date
    inner join segments
        on
            intervals.account_id = segments.account_id
            and {{ segment_day('intervals.created_date') }} = segments.activity_date
),

changes as (
    select
        ticket_type,
        counted_from as change_date,
        1 as ticket_change
    from placed
    union all
    select
        ticket_type,
        counted_to as change_date,
        -1 as ticket_change
    from placed
),

summed as (
    select
        ticket_type,
        change_date,
        sum(ticket_change) as ticket_change
    from changes
    group by ticket_type, change_date
),

ticket_types as (select distinct ticket_type from placed)

select
    ticket_types.ticket_type,
    dates.date_day as activity_date,
    cast(sum(coalesce(summed.ticket_change, 0)) over (
        partition by ticket_types.ticket_type
        order by dates.date_day
    ) as bigint) as ticket_count_28d
from ticket_types
cross join dates
left join summed on ticket_types.ticket_type = summed.ticket_type and dates.date_day = summed.change_date
