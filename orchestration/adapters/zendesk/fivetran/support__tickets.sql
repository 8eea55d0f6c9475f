with

people as (select as_key(id) as id, role, external_id, email from "user"),

replies as (
    select
        as_key(ticket_comment.ticket_id) as ticket_id,
        min(to_time(ticket_comment.created)) as first_reply_at,
        count(*) as replies
    from ticket_comment
    inner join people on people.id = as_key(ticket_comment.user_id)
    where as_yes(ticket_comment.public) and people.role in ('agent', 'admin')
    group by all
),

steps as (
    select *, lag(value) over (partition by as_key(ticket_id), field_name order by to_time(updated), landed_file, landed_line) as former
    from ticket_field_history
),

moves as (
    select
        as_key(ticket_id) as ticket_id,
        max(case when field_name = 'status' and value = 'solved' then to_time(updated) end) as solved_at,
        max(case when field_name = 'status' and value = 'closed' then to_time(updated) end) as closed_at,
        max_by(value, to_time(updated)) filter (where field_name = 'satisfaction_score') as satisfaction,
        -- An offer is no answer.
        max(to_time(updated)) filter (where field_name = 'satisfaction_score' and value not in ('offered', 'unoffered')) as satisfaction_at,
        case when bool_or(field_name = 'status') then
            count(*) filter (where field_name = 'status' and former = 'solved' and value in ('new', 'open', 'pending', 'hold'))
        end as reopens
    from steps
    group by all
),

tags as (
    select as_key(ticket_id) as ticket_id, string_agg(tag, ',' order by tag) as tags from ticket_tag group by all
)

select
    as_key(ticket.id) as ticket_id,
    as_key(ticket.organization_id) as account_id,
    people.external_id as requester_user_id,
    as_time(ticket.created_at) as created_at,
    as_time(ticket.updated_at) as updated_at,
    as_time(cast(replies.first_reply_at as varchar)) as first_reply_at,
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
    case when exists (select 1 from ticket_comment) then coalesce(replies.replies, 0) end as replies,
    moves.satisfaction,
    as_time(cast(moves.satisfaction_at as varchar)) as satisfaction_at,
    ticket.is_deleted or ticket.status = 'deleted' as is_deleted,
    ticket.landed_file,
    ticket.landed_line
from ticket
left join people on people.id = as_key(ticket.requester_id)
left join replies on replies.ticket_id = as_key(ticket.id)
left join moves on moves.ticket_id = as_key(ticket.id)
left join tags on tags.ticket_id = as_key(ticket.id)
