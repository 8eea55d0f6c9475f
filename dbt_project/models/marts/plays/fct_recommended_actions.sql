with

book as (select * from {{ ref('int_play_book') }}),

capacity as (select * from {{ ref('owner_capacity') }}),

-- In the order in which an owner takes them, with the time that they have taken by then.
queued as (
    select
        book.*,
        case
            when book.owner = 'nobody' then 0
            else cast(round(60 * coalesce(capacity.hours_per_week, {{ var('owner_hours_per_week') }})) as integer)
        end as capacity_minutes,
        case
            when book.settled_status = 'open'
                then row_number() over (
                    partition by book.action_date, book.owner, book.settled_status
                    order by book.priority asc, book.weight desc, book.account_id asc
                )
        end as queue_rank,
        case
            when book.settled_status = 'open'
                then sum(book.minutes) over (
                    partition by book.action_date, book.owner, book.settled_status
                    order by book.priority asc, book.weight desc, book.account_id asc
                    rows between unbounded preceding and current row
                )
        end as minutes_to_here
    from book
    left join capacity
        on
            book.owner = capacity.owner
            and book.action_date >= capacity.valid_from
            and book.action_date < coalesce(capacity.valid_to, date '9999-12-31')
),

judged as (
    select
        *,
        case
            when settled_status != 'open' then settled_status
            when minutes_to_here <= capacity_minutes then 'worked'
            else 'deferred'
        end as status
    from queued
)

select
    account_id,
    action_date,
    play,
    status,
    case
        when status = 'covered' then 'somebody began something on ' || cast(helped_on as string)
        when status = 'held_out' and is_held_out_elsewhere then 'held out of it by an experiment in the CRM'
        when status = 'held_out' then 'held out of it by lot, so that it shows whether it helps'
        when status = 'deferred' and owner = 'nobody' then 'nobody owns the account'
        when status = 'deferred' then 'beyond the hours of its owner'
    end as status_reason,
    account_name,
    title,
    reason,
    evidence,
    discovery_question,
    steps,
    owner,
    owner_role,
    trigger_kind,
    arm,
    coalesce(is_held_out_elsewhere, false) as is_held_out_elsewhere,
    evidence_value,
    mrr,
    minutes,
    cast(minutes_to_here as bigint) as minutes_to_here,
    capacity_minutes,
    queue_rank,
    other_play_count,
    due_date
from judged
