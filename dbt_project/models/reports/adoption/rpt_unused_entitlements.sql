with

account_features as (select * from {{ ref('fct_account_features') }}),

features as (select * from {{ ref('dim_features') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    account_features.account_id,
    account_features.feature_id,
    accounts.account_name,
    features.feature_name,
    accounts.plan,
    accounts.csm_id,
    features.importance,
    subscription_days.mrr,
    account_features.eligible_date,
    account_features.last_used_date
from account_features
inner join features using (feature_id)
inner join accounts using (account_id)
cross join parameters
left join subscription_days
    on
        account_features.account_id = subscription_days.account_id
        and parameters.as_of_date = subscription_days.activity_date
where account_features.use_status = 'unused'
