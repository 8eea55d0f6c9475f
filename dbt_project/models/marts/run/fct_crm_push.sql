{{ config(materialized='view') }}

with

fields as (select * from {{ ref('stg_run__crm_push_fields') }})

-- A view, as the push comes after the build: the working file shows it at once, the publication from its next edition on.
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
