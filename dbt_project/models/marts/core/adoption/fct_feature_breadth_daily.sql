{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

entitlements as (select * from {{ ref('fct_feature_entitlements') }}),

plan_spans as (select * from {{ ref('fct_account_plan_spans') }}),

plan_features as (select * from {{ ref('fct_plan_features_daily') }}),

-- A feature counts for 28 days after its use, at most until it is used again.
use_spans as (
    select
        account_id,
        feature_id,
        activity_date as first_date,
        coalesce(
            least(activity_date + 28, lead(activity_date) over feature_history), activity_date + 28
        ) as end_date
    from usage
    where core_event_count > 0 and {{ is_rebuilt('activity_date', look_back=27) }}
    window feature_history as (
        partition by account_id, feature_id
        order by activity_date
    )
),

-- Of what an account used only that counts which its plan of the day offers.
offered_use as (
    select
        use_spans.account_id,
        entitlements.importance,
        greatest(use_spans.first_date, plan_spans.first_date, entitlements.first_date) as first_date,
        least(use_spans.end_date, plan_spans.end_date, entitlements.end_date) as end_date
    from use_spans
    inner join plan_spans
        on
            use_spans.account_id = plan_spans.account_id
            and {{ spans_overlap('use_spans', 'plan_spans') }}
    inner join entitlements
        on
            use_spans.feature_id = entitlements.feature_id
            and plan_spans.plan_id = entitlements.plan_id
            and {{ spans_overlap('use_spans', 'entitlements') }}
            and {{ spans_overlap('plan_spans', 'entitlements') }}
),

changes as (
    {{ span_changes('offered_use', ['account_id', 'importance']) }}
),

contributions as (
    select
        account_id,
        change_date as activity_date,
        cast(null as varchar) as plan_id,
        span_change as feature_change,
        span_change * importance as importance_change
    from changes
    union all
    select
        account_id,
        activity_date,
        coalesce(plan_id, 'unknown'),
        0,
        0
    from subscription_days
    where {{ is_rebuilt('activity_date') }}
),

running as (
    select
        account_id,
        activity_date,
        max(plan_id) as plan_id,
        sum(sum(feature_change)) over account_history as used_feature_count,
        sum(sum(importance_change)) over account_history as used_importance
    from contributions
    group by account_id, activity_date
    window account_history as (
        partition by account_id
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    running.account_id,
    running.activity_date,
    cast(running.used_feature_count as bigint) as used_feature_count,
    plan_features.eligible_feature_count,
    cast(running.used_importance as double) as used_importance,
    plan_features.eligible_importance
from running
inner join plan_features using (plan_id, activity_date)
where {{ is_rebuilt('running.activity_date') }}
