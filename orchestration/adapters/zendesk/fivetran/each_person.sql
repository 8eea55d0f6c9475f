-- Each sync of a user is a line; the last one holds. Who leaves support is made an end user, whose answers stay those
-- of an agent: who was one once, or had a ticket to answer, is one.
with

latest as (
    select
        as_key(id) as person_id,
        role,
        external_id,
        bool_or(role in ('agent', 'admin')) over (partition by as_key(id)) as was_agent
    from "user"
    qualify row_number() over (partition by as_key(id) order by landed_file desc, landed_line desc) = 1
),

assigned as (
    select as_key(assignee_id) as person_id from ticket
    union
    select as_key(value) as person_id from ticket_field_history where field_name = 'assignee_id'
)

select
    coalesce(latest.person_id, assigned.person_id) as person_id,
    case when latest.was_agent or assigned.person_id is not null then 'agent' else latest.role end as role,
    latest.external_id
from latest
full outer join assigned on assigned.person_id = latest.person_id
