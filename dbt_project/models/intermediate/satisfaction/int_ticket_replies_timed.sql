with

replies as (select * from {{ ref('int_ticket_replies_told') }}),

schedules as (select * from {{ ref('int_ticket_schedules_chosen') }}),

openings as (select * from {{ ref('int_business_hours_spined') }}),

-- A date without a time of day is no moment on the clock of business hours.
moments as (
    {%- for moment, happened_at in [('opened', 'created_at'), ('replied', 'first_reply_at')] %}
        select
            ticket_id,
            '{{ moment }}' as moment,
            {{ happened_at }} as happened_at
        from replies
        where not {{ is_bare_date(happened_at) }}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Open time from the beginning of the calendar up to a moment; it stands still while support is closed.
clock as (
    select
        moments.ticket_id,
        moments.moment,
        openings.open_microseconds_before
        + {{ epoch_microseconds('least(moments.happened_at, openings.closes_at)') }}
        - {{ epoch_microseconds('openings.opens_at') }} as business_microseconds
    from moments
    inner join schedules on moments.ticket_id = schedules.ticket_id
    inner join openings
        on
            schedules.schedule_id = openings.schedule_id
            and moments.happened_at >= openings.opens_at
            and moments.happened_at < openings.next_opens_at
),

clocks as (
    select
        ticket_id,
        max(business_microseconds) filter (where moment = 'opened') as opened_at_clock,
        max(business_microseconds) filter (where moment = 'replied') as replied_at_clock
    from clock
    group by ticket_id
)

select
    replies.ticket_id,
    cast(clocks.opened_at_clock as bigint) as opened_business_microseconds,
    case
        when not ({{ is_bare_date('replies.created_at') }} and {{ is_bare_date('replies.first_reply_at') }})
            then cast({{ seconds_between('replies.created_at', 'replies.first_reply_at') }} as double)
    end as first_reply_seconds,
    cast((clocks.replied_at_clock - clocks.opened_at_clock) / 1000000.0 as double) as first_reply_business_seconds,
    replies.created_at,
    replies.first_reply_at
from replies
left join clocks using (ticket_id)
