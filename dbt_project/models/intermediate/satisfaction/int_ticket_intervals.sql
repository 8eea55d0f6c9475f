with

priorities as (select * from {{ ref('int_ticket_priorities_dated') }}),

-- Until the first change of a priority is on record nothing tells a ticket that was never raised from one whose
-- priorities are not recorded.
recorded as (
    select min({{ local_day('valid_from') }}) as priorities_recorded_from
    from priorities
    where period_number > 1
),

tickets as (
    select
        tickets.*,
        recorded.priorities_recorded_from
    from {{ ref('fct_tickets') }} as tickets
    cross join recorded
),

solutions as (select * from {{ ref('int_ticket_solutions') }}),

measures as (
    {{ ticket_interval('opened', 'tickets', 'created_date', 28, ends_on='deleted_date') }}
    union all
    {{ ticket_interval(
        'opened_with_priorities', 'tickets', 'created_date', 28,
        starts_on='priorities_recorded_from', ends_on='deleted_date', where='has_history'
    ) }}
    union all
    {{ ticket_interval(
        'escalated', 'tickets', 'created_date', 28,
        starts_on='escalated_date', ends_on='deleted_date'
    ) }}
    union all
    {{ ticket_interval('first_reply', 'tickets', 'first_reply_date', 28, seconds='first_reply_seconds') }}
    union all
    {{ ticket_interval(
        'first_reply_business', 'tickets', 'first_reply_date', 28,
        seconds='first_reply_business_seconds'
    ) }}
    union all
    {{ ticket_interval('reply_due', 'tickets', 'reply_judged_date', 28) }}
    union all
    {{ ticket_interval('reply_in_time', 'tickets', 'reply_judged_date', 28, where='is_reply_in_time') }}
    union all
    {{ ticket_interval('first_resolution', 'tickets', 'first_solved_date', 28, seconds='first_resolution_seconds') }}
    union all
    {{ ticket_interval('first_resolution_with_history', 'tickets', 'first_solved_date', 28, where='has_history') }}
    union all
    {{ ticket_interval(
        'reopened', 'tickets', 'first_solved_date', 28,
        starts_on='first_reopened_date', where='has_history'
    ) }}
    union all
    {{ ticket_interval('rated', 'tickets', 'first_solved_date', 90, starts_on='rated_date') }}
    union all
    {{ ticket_interval(
        'rated_good', 'tickets', 'first_solved_date', 90,
        starts_on='rated_date', where="satisfaction = 'good'"
    ) }}
    union all
    {{ ticket_interval(
        'full_resolution', 'solutions', 'solved_date', 28,
        ends_on='reopened_date', seconds='resolution_seconds'
    ) }}
    union all
    {{ ticket_interval(
        'solved_with_history', 'solutions', 'solved_date', 28,
        ends_on='reopened_date', where='has_history and reply_count is not null'
    ) }}
    union all
    {{ ticket_interval('one_touch', 'solutions', 'solved_date', 28, ends_on='reopened_date', where='reply_count = 1') }}
    union all
    {{ ticket_interval(
        'requester_wait', 'solutions', 'solved_date', 28,
        ends_on='reopened_date', seconds='requester_wait_seconds'
    ) }}
    union all
    {{ ticket_interval(
        'agent_wait', 'solutions', 'solved_date', 28,
        ends_on='reopened_date', seconds='agent_wait_seconds'
    ) }}
)

-- A interval that ends before it begins, as of a ticket deleted on its first day, never counts.
select
    ticket_id,
    measure,
    account_id,
    created_date,
    counted_from,
    counted_to,
    seconds
from measures
where counted_from < counted_to
