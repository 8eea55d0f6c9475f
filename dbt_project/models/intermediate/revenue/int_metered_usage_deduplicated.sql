{{ config(materialized='ephemeral') }}

with

usage as (select * from {{ with_known_names('stg_billing__usage') }})

select
    account_id,
    meter,
    used_on,
    quantity
from usage
where
    rejection_reason is null
    and {{ happened_by_as_of('used_on') }}
qualify {{ is_latest(['account_id', 'meter', 'used_on'], ['updated_at']) }}
