-- A ticket that was solved before it was opened cannot be, as Zendesk counts both itself.
select distinct
    ticket_id as id,
    3600000000 + split_part(account_id, '_', 2)::bigint as organization_id,
    3700000000 + split_part(requester_user_id, '_', 2)::bigint as requester_id,
    status,
    priority,
    type,
    channel as via_channel,
    strftime(created_at, '%Y-%m-%dT%H:%M:%SZ') as created_at,
    strftime(updated_at, '%Y-%m-%dT%H:%M:%SZ') as updated_at,
    topic as custom_topic,
    product_area as custom_product_area,
    false as _fivetran_deleted
from raw.support_tickets
where solved_at is null or solved_at >= created_at
order by id
