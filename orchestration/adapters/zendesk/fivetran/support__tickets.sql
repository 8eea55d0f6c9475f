with

comments as (
    select
        ticket_id,
        to_time(created) as commented_at,
        -- Neither yes nor no where nobody says who wrote it, or whether all may read it.
        as_yes(public) and author_type = 'agent' as is_reply
    from each_comment
),

replies as (
    select
        ticket_id,
        min(commented_at) filter (where is_reply) as known_reply_at,
        min(commented_at) filter (where is_reply is null) as perhaps_reply_at,
        case when bool_and(is_reply is not null) then count(*) filter (where is_reply) end as replies
    from comments
    group by all
),

steps as (
    select *, lag(value) over (partition by ticket_id, field_name order by updated_at, landed_file, landed_line) as former
    from each_step
),

moves as (
    select
        ticket_id,
        max(case when field_name = 'status' and value = 'solved' then updated_at end) as solved_at,
        max(case when field_name = 'status' and value = 'closed' then updated_at end) as closed_at,
        -- An offer is no answer, and who is asked again has answered still.
        max_by(value, (lower(trim(value)) not in ('offered', 'unoffered'), updated_at))
            filter (where field_name = 'satisfaction_score') as satisfaction,
        max(updated_at) filter (
            where field_name = 'satisfaction_score' and lower(trim(value)) not in ('offered', 'unoffered')
        ) as satisfaction_at,
        case when bool_or(field_name = 'status') then
            count(*) filter (where field_name = 'status' and former = 'solved' and value in ('new', 'open', 'pending', 'hold'))
        end as reopens
    from steps
    group by all
),

tags as (
    select ticket_id, string_agg(tag, ',' order by tag) as tags from each_tag group by all
)

select
    numbered_by('zendesk', as_key(ticket.id)) as ticket_id,
    as_key(ticket.organization_id) as account_id,
    people.external_id as requester_user_id,
    as_time(ticket.created_at) as created_at,
    as_time(ticket.updated_at) as updated_at,
    case
        when replies.perhaps_reply_at is null or replies.known_reply_at < replies.perhaps_reply_at
            then as_time(cast(replies.known_reply_at as varchar))
    end as first_reply_at,
    as_time(cast(moves.solved_at as varchar)) as solved_at,
    as_time(cast(moves.closed_at as varchar)) as closed_at,
    ticket.status,
    ticket.priority,
    ticket.type,
    ticket.via_channel as channel,
    tags.tags,
    ticket.custom_topic as topic,
    coalesce(ticket.product_area, ticket.custom_product_area) as product_area,
    moves.reopens,
    -- Where comments are exported at all, a ticket without one was not answered.
    case
        when replies.ticket_id is not null then replies.replies
        when exists (select 1 from ticket_comment) then 0
    end as replies,
    moves.satisfaction,
    as_time(cast(moves.satisfaction_at as varchar)) as satisfaction_at,
    ticket.is_deleted or ticket.status = 'deleted' as is_deleted,
    ticket.landed_file,
    ticket.landed_line
from ticket
left join each_person as people on people.person_id = as_key(ticket.requester_id)
left join replies on replies.ticket_id = as_key(ticket.id)
left join moves on moves.ticket_id = as_key(ticket.id)
left join tags on tags.ticket_id = as_key(ticket.id)
