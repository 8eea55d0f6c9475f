{{ config(materialized='ephemeral') }}

with

contacts as (select * from {{ with_known_names('stg_crm__contacts') }}),

latest as (
    select * from contacts
    where
        rejection_reason is null
        and {{ happened_by_as_of('created_at') }}
    qualify {{ is_latest(['contact_id'], [happened_by_as_of('updated_at'), 'updated_at']) }}
)

select
    contact_id,
    account_id,
    user_id,
    contact_role,
    coalesce({{ local_day('left_at') }}, date '9999-12-31') as end_date
from latest
