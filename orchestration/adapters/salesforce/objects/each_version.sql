-- Each version of a contact. That somebody left the former account says nothing of the next one.
with

versions as (
    select
        * exclude (changed_at),
        own_key(id, landed_file, landed_line) as person,
        to_time(changed_at) as changed_at,
        changed_at as changed_at_said
    from each_contact
),

moves as (
    select
        *,
        account_id is distinct from lag(account_id) over of_person and row_number() over of_person > 1 as is_move
    from versions
    window of_person as (partition by person order by changed_at nulls first, landed_file, landed_line)
)

select
    * exclude (left_at, is_move),
    case
        when to_time(left_at) <= max(changed_at) filter (where is_move) over of_person then null
        else left_at
    end as left_at
from moves
window of_person as (partition by person order by changed_at nulls first, landed_file, landed_line)
