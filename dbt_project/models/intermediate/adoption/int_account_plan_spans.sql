{{ config(materialized='ephemeral') }}

with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

plan_changes as (
    select
        account_id,
        coalesce(plan_id, 'unknown') as plan_id,
        activity_date as first_date
    from subscription_days
    qualify
        coalesce(plan_id, 'unknown') is distinct from lag(coalesce(plan_id, 'unknown')) over (
            partition by account_id
            order by activity_date
        )
)

-- Days of an account have no gaps, so a plan holds until the next one.
select
    account_id,
    plan_id,
    first_date,
    coalesce(
        lead(first_date) over (partition by account_id order by first_date), date '9999-12-31'
    ) as end_date
from plan_changes
