with

-- Each sync of a thing is a line; the last one holds.
metrics as (
    select
        as_key(ticket_id) as ticket_id,
        reopens,
        replies,
        solved_at,
        case
            when json_type(case when json_valid(reply_time_in_minutes) then reply_time_in_minutes end) = 'OBJECT'
                then inside(reply_time_in_minutes, '$.calendar')
            else reply_time_in_minutes
        end as reply_minutes,
        reply_minutes is distinct from reply_time_in_minutes as is_calendar,
        -- Told of a chat only, and finer.
        inside(reply_time_in_seconds, '$.calendar') as reply_seconds
    from ticket_metrics
    qualify row_number() over (partition by as_key(ticket_id) order by landed_file desc, landed_line desc) = 1
),

ratings as (
    select as_key(ticket_id) as ticket_id, score, coalesce(updated_at, created_at) as rated_at
    from satisfaction_ratings
    qualify
        row_number() over (
            partition by as_key(ticket_id)
            order by
                -- Who is asked again has answered still.
                lower(trim(score)) in ('offered', 'unoffered'),
                to_time(coalesce(updated_at, created_at)) desc,
                landed_file desc,
                landed_line desc
        ) = 1
),

people as (
    select as_key(id) as id, external_id
    from users
    qualify row_number() over (partition by as_key(id) order by landed_file desc, landed_line desc) = 1
)

select
    numbered_by('zendesk', as_key(tickets.id)) as ticket_id,
    as_key(tickets.organization_id) as account_id,
    people.external_id as requester_user_id,
    as_time(tickets.created_at) as created_at,
    as_time(tickets.updated_at) as updated_at,
    -- What is no number of the calendar is handed on, to be counted.
    coalesce(
        as_time(cast(
            to_time(tickets.created_at) + to_seconds(try_cast(metrics.reply_seconds as integer)) as varchar
        )),
        as_time(cast(
            to_time(tickets.created_at)
            + to_minutes(case when metrics.is_calendar then try_cast(metrics.reply_minutes as integer) end) as varchar
        )),
        metrics.reply_minutes || ' minutes',
        metrics.reply_seconds || ' seconds'
    ) as first_reply_at,
    as_time(metrics.solved_at) as solved_at,
    tickets.status,
    tickets.priority,
    tickets.type,
    inside(tickets.via, '$.channel') as channel,
    case
        when json_valid(tickets.tags) then nullif(array_to_string(cast(from_json(tickets.tags, '["VARCHAR"]') as varchar[]), ','), '')
        else tickets.tags
    end as tags,
    metrics.reopens,
    metrics.replies,
    coalesce(ratings.score, inside(tickets.satisfaction_rating, '$.score')) as satisfaction,
    -- An offer is no answer.
    case
        when lower(trim(ratings.score)) in ('offered', 'unoffered') then null
        else as_time(ratings.rated_at)
    end as satisfaction_at,
    tickets.is_deleted or tickets.status = 'deleted' as is_deleted,
    tickets.landed_file,
    tickets.landed_line
from tickets
left join metrics on metrics.ticket_id = as_key(tickets.id)
left join ratings on ratings.ticket_id = as_key(tickets.id)
left join people on people.id = as_key(tickets.requester_id)
