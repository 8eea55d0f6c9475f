with

fields as (select * from {{ ref('stg_run__crm_push_fields') }})

-- The push comes after the build, and brings this table and its published copy up to what it did.
select
    destination,
    object,
    push_number,
    as_of_date,
    pushed_at,
    run_id,
    account_id,
    property,
    value,
    last_acknowledged_value,
    status,
    answer,
    attempts,
    next_try_date
from fields
