with

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

account_days as (select * from {{ ref('fct_subscriptions_daily') }}),

merged as (select * from {{ ref('int_merged_accounts') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

today as (
    select account_days.*
    from account_days
    inner join parameters on account_days.activity_date = parameters.as_of_date
)

select
    accounts.account_id,
    accounts.parent_account_id,
    merged.recognised_account_id as merged_into_account_id,
    accounts.owner_id,
    accounts.csm_id,
    coalesce(accounts.account_name, accounts.account_id) as account_name,
    accounts.account_type,
    today.plan_id as plan,
    accounts.plan_override as crm_plan,
    accounts.industry,
    accounts.country,
    accounts.region,
    accounts.size_band,
    accounts.timezone,
    cast(today.tenure_days as integer) as tenure_days,
    accounts.is_internal,
    coalesce(today.is_customer, false) as is_customer,
    today.first_date,
    accounts.created_at
from accounts
left join today using (account_id)
left join merged
    on
        lower(accounts.account_id) = merged.folded_account_id
        and accounts.account_id != merged.recognised_account_id
