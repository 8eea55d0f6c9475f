{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ is_rebuilt('activity_date') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }} where {{ is_rebuilt('activity_date') }}),

versions as (select * from {{ ref('score_model_versions') }})

-- scoring.md 3.3, first match; stages choose the model and set priorities, they are no part of a score.
select
    segments.account_id,
    segments.activity_date as score_date,
    versions.model_version_id,
    case
        when subscription_days.is_cancelling then 'cancelling'
        when subscription_days.is_trial then 'trial'
        when subscription_days.tenure_days < 90 then 'onboarding'
        when {{ days_between('segments.activity_date', 'subscription_days.renewal_date') }} <= 120 then 'renewal_window'
        else 'mature'
    end as lifecycle_stage,
    subscription_days.tenure_days
from segments
inner join subscription_days using (account_id, activity_date)
inner join versions
    on
        versions.status = 'live'
        and segments.activity_date >= versions.valid_from
        and (versions.valid_to is null or segments.activity_date < versions.valid_to)
where segments.dimension = 'all'
