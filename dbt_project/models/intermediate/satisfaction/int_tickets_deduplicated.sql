with

tickets as (select * from {{ with_known_names('stg_support__tickets') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select
        *,
        status in ('solved', 'closed') as is_said_ended,
        status in ('new', 'open', 'pending', 'hold') as is_said_open
    from tickets
    where
        rejection_reason is null
        and {{ happened_by_as_of('created_at') }}
    qualify {{ is_latest(['ticket_id'], ['updated_at']) }}
)

select
    latest.ticket_id,
    {{ found_account('latest') }} as account_id,
    {{ account_found_by('latest') }} as account_found_by,
    latest.requester_user_id,
    latest.status,
    latest.priority,
    latest.ticket_type,
    latest.topic,
    latest.channel,
    latest.product_area,
    case when {{ happened_by_as_of('latest.satisfaction_at') }} then latest.satisfaction end as satisfaction,
    latest.reopen_count,
    latest.reply_count,
    latest.created_at,
    latest.updated_at,
    case when {{ happened_by_as_of('latest.first_reply_at') }} then latest.first_reply_at end as first_reply_at,
    latest.solved_at,
    case when latest.closed_at >= latest.created_at then latest.closed_at end as closed_at,
    case when {{ happened_by_as_of('latest.satisfaction_at') }} then latest.satisfaction_at end as satisfaction_at,
    case
        when latest.status = 'deleted' and {{ happened_by_as_of('latest.updated_at') }}
            then coalesce(latest.updated_at, latest.created_at)
    end as deleted_at,
    case
        when latest.is_said_ended and coalesce(latest.solved_at, latest.closed_at, latest.updated_at) is null
            then
                'status is ' || latest.status || ' and solved_at, closed_at and updated_at are empty: '
                || 'it has ended, nobody says when'
        when latest.is_said_ended and coalesce(latest.solved_at, latest.closed_at) is null
            then 'status is ' || latest.status || ' and solved_at and closed_at are empty: it ended at updated_at'
        when latest.is_said_open and latest.solved_at is not null and coalesce(latest.reopen_count, 0) = 0
            then 'status is ' || latest.status || ' and solved_at is told, reopens is not: it is open again'
        when latest.is_said_open and latest.solved_at is null and latest.closed_at is not null
            then 'status is ' || latest.status || ' and closed_at is told: it is open, closed_at is not used'
        when latest.status is null and coalesce(latest.solved_at, latest.closed_at) is null
            then
                'status is not known and solved_at and closed_at are empty: '
                || 'without a history it is neither open nor ended'
        when latest.closed_at < latest.created_at then 'closed_at is before created_at: closed_at is not used'
        when latest.closed_at < latest.solved_at then 'closed_at is before solved_at: it ended at solved_at'
        when latest.first_reply_at < latest.created_at - interval '1 second'
            then 'first_reply_at is before created_at: first_reply_at is not used'
    end as contradiction,
    latest.landed_file,
    latest.landed_line
from latest
{{ joined_to_memberships('latest', 'requester_user_id', 'created_at') }}
