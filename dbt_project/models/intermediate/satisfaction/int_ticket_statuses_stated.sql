{%- set ended = "('solved', 'closed')" -%}
{%- set unsolved = "('new', 'open', 'pending', 'hold')" -%}
with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

-- Changes from after the last complete day too: what they tell is not taken from the ticket.
events as (select * from {{ ref('stg_support__ticket_events') }} where rejection_reason is null),

status_events as (
    select
        *,
        lag(new_value) over ticket_history in {{ ended }} and new_value in {{ unsolved }} as is_reopening,
        lead(changed_at) over ticket_history is null as is_last
    from events
    where field = 'status' and new_value is not null
    window ticket_history as (partition by ticket_id order by changed_at, sequence_number, new_value)
),

histories as (
    select
        ticket_id,
        min(changed_at) as first_changed_at,
        max(changed_at) as last_changed_at,
        max(new_value) filter (where is_last) as last_status,
        max(changed_at) filter (where new_value = 'solved') as last_solved_at,
        max(changed_at) filter (where new_value = 'closed') as last_closed_at,
        max(changed_at) filter (where new_value = 'deleted') as last_deleted_at,
        count(*) filter (where is_reopening) as reopen_count
    from status_events
    group by ticket_id
),

-- A help desk may round the times of a ticket, hence the hour.
compared as (
    select
        tickets.*,
        tickets.status in {{ unsolved }} as is_said_open,
        coalesce(tickets.reopen_count, 0) > coalesce(histories.reopen_count, 0) as lacks_reopening,
        coalesce(histories.first_changed_at > tickets.created_at, true) as lacks_opening,
        tickets.deleted_at is not null and histories.last_deleted_at is null as lacks_deletion,
        coalesce(histories.last_changed_at, tickets.created_at) as last_changed_at,
        histories.last_status,
        case
            when tickets.solved_at - interval '1 hour' <= histories.last_solved_at then null
            when histories.last_closed_at between tickets.solved_at - interval '1 hour' and tickets.solved_at then null
            else tickets.solved_at
        end as lacking_solved_at
    from tickets
    left join histories using (ticket_id)
),

left_standing as (
    select
        *,
        coalesce(lacking_solved_at >= last_changed_at, false) as is_solved_last,
        coalesce(lacking_solved_at >= last_changed_at or last_status in {{ ended }}, false) as is_left_ended,
        case
            when closed_at >= greatest(last_changed_at, lacking_solved_at) then closed_at
            when status in {{ ended }} and updated_at >= last_changed_at then updated_at
            when status in {{ ended }} then last_changed_at
        end as ended_at
    from compared
)

{#- The status that is stated, from when, and which rows state it; later lines come later at the same time. -#}
{% for status, changed_at, is_time_told, condition in [
    (
        "case when last_status is null and lacking_solved_at is null "
        ~ "and (is_said_open or (status is null and closed_at is null)) then status else 'new' end",
        'created_at', 'true', 'lacks_opening',
    ),
    (
        "case when status = 'closed' and closed_at is null then 'closed' else 'solved' end",
        'lacking_solved_at', 'true', 'lacking_solved_at is not null',
    ),
    (
        "coalesce(status, 'closed')", 'ended_at', 'coalesce(ended_at in (closed_at, updated_at), false)',
        "ended_at is not null and coalesce(last_status != 'deleted', true) "
        ~ "and coalesce(status in " ~ ended ~ ", true) and (not is_left_ended "
        ~ "or (is_solved_last and status = 'closed' and closed_at > lacking_solved_at))",
    ),
    ('status', 'lacking_solved_at', 'false', 'is_said_open and is_solved_last'),
    (
        'status', 'greatest(last_changed_at, coalesce(updated_at, last_changed_at))', 'false',
        'is_said_open and is_left_ended and not is_solved_last and lacks_reopening',
    ),
    ("'deleted'", 'greatest(deleted_at, last_changed_at, lacking_solved_at)', 'true', 'lacks_deletion'),
] %}
    select
        ticket_id,
        {{ status }} as status,
        {{ 999999 + loop.index if not loop.first else 0 }} as sequence_number,
        {{ is_time_told }} as is_time_told,
        {{ changed_at }} as changed_at
    from left_standing
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
