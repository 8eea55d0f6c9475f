{{ config(materialized='ephemeral') }}

with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

keys as (select * from {{ ref('int_account_keys_spanned') }}),

staged as (select * from {{ ref('stg_crm__accounts') }} where account_id is not null and rejection_reason is null),

accounts as (
    select distinct
        true as is_now,
        account_id,
        {{ own_domain('domain') }} as domain
    from staged
    union all
    select distinct
        false as is_now,
        account_id,
        {{ own_domain('domain') }} as domain
    from staged
    where load_id in (select built_loads.load_id from built_loads)
),

-- A name that the CRM itself has given to another account is one that was merged into it: it means that one everywhere.
merged as (
    select distinct
        keys.is_now,
        keys.foreign_key as name,
        accounts.account_id
    from keys
    inner join accounts on keys.is_now = accounts.is_now and lower(keys.account_id) = lower(accounts.account_id)
    where keys.is_of_the_crm
)

select
    coalesce(accounts.is_now, merged.is_now) as is_now,
    coalesce(accounts.account_id, merged.name) as name,
    coalesce(merged.account_id, accounts.account_id) as account_id,
    accounts.domain
from accounts
full outer join merged on accounts.is_now = merged.is_now and accounts.account_id = merged.name
