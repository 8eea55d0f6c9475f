{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

accounts as (select * from {{ ref('int_accounts_dated') }}),

usage as (select * from {{ ref('int_account_usage_28d') }}),

tenure_bands as (select * from {{ ref('tenure_bands') }}),

tenure_spans as (
    select
        tenure_band,
        lower_days,
        lead(lower_days, 1, 2147483647) over (order by lower_days) as end_days
    from tenure_bands
)

select
    subscription_days.account_id,
    subscription_days.activity_date,
    coalesce(subscription_days.plan_id, 'unknown') as plan,
    coalesce(accounts.size_band, 'unknown') as size_band,
    coalesce(accounts.industry, 'unknown') as industry,
    coalesce(accounts.country, 'unknown') as country,
    coalesce(accounts.region, 'unknown') as region,
    coalesce(tenure_spans.tenure_band, 'unknown') as tenure_band,
    -- First match; stages choose the model and set priorities, they are no part of a score.
    case
        when subscription_days.is_cancelling then 'cancelling'
        when subscription_days.is_trial then 'trial'
        when subscription_days.tenure_days < {{ var('onboarding_days') }} then 'onboarding'
        when
            {{ days_between('subscription_days.activity_date', 'subscription_days.renewal_date') }}
            <= {{ var('renewal_window_days') }}
            then 'renewal_window'
        else 'mature'
    end as lifecycle_stage,
    coalesce(usage.main_platform, 'none') as platform,
    usage.usage_decile,
    subscription_days.tenure_days,
    subscription_days.is_customer and not coalesce(accounts.is_internal, false) as is_in_population
from subscription_days
left join accounts
    on
        subscription_days.account_id = accounts.account_id
        and subscription_days.activity_date >= accounts.first_date
        and subscription_days.activity_date < accounts.end_date
left join tenure_spans
    on
        subscription_days.tenure_days >= tenure_spans.lower_days
        and subscription_days.tenure_days < tenure_spans.end_days
left join usage
    on
        subscription_days.account_id = usage.account_id
        and subscription_days.activity_date = usage.activity_date
where {{ in_rebuild_window('subscription_days.activity_date') }}
