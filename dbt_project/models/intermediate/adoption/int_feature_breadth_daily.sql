{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

entitlements as (select * from {{ ref('int_account_entitlements') }}),

-- A feature counts for 28 days after its use, at most until it is used again.
use_spans as (
    select
        account_id,
        feature_id,
        activity_date as first_date,
        least(activity_date + 28, lead(activity_date, 1, date '9999-12-31') over feature_history) as end_date
    from usage
    where core_event_count > 0 and {{ in_rebuild_window('activity_date', look_back=27) }}
    window feature_history as (
        partition by account_id, feature_id
        order by activity_date
    )
),

-- Of what an account used only that counts which it could be asked for on the day.
offered_use as (
    select
        use_spans.account_id,
        entitlements.importance,
        greatest(use_spans.first_date, entitlements.first_date) as first_date,
        least(use_spans.end_date, entitlements.end_date) as end_date
    from use_spans
    inner join entitlements
        on
            use_spans.account_id = entitlements.account_id
            and use_spans.feature_id = entitlements.feature_id
            and {{ spans_overlap('use_spans', 'entitlements') }}
),

use_changes as (
    {{ span_changes('offered_use', ['account_id', 'importance']) }}
),

entitlement_changes as (
    {{ span_changes('entitlements', ['account_id', 'importance']) }}
),

contributions as (
    {% for step, is_use, is_offer in [('use_changes', 1, 0), ('entitlement_changes', 0, 1)] %}
        select
            account_id,
            change_date as activity_date,
            false as is_customer_day,
            {{ is_use }} * span_change as use_change,
            {{ is_use }} * span_change * importance as used_importance_change,
            {{ is_offer }} * span_change as offer_change,
            {{ is_offer }} * span_change * importance as offered_importance_change
        from {{ step }}
        union all
    {% endfor %}
    select
        account_id,
        activity_date,
        true,
        0,
        0,
        0,
        0
    from subscription_days
    where {{ in_rebuild_window('activity_date') }}
),

running as (
    select
        account_id,
        activity_date,
        bool_or(is_customer_day) as is_customer_day,
        sum(sum(use_change)) over account_history as used_feature_count,
        sum(sum(offer_change)) over account_history as eligible_feature_count,
        sum(sum(used_importance_change)) over account_history as used_importance,
        sum(sum(offered_importance_change)) over account_history as eligible_importance
    from contributions
    group by account_id, activity_date
    window account_history as (
        partition by account_id
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    account_id,
    activity_date,
    cast(used_feature_count as bigint) as used_feature_count,
    cast(eligible_feature_count as bigint) as eligible_feature_count,
    cast(used_importance as double) as used_importance,
    cast(eligible_importance as double) as eligible_importance
from running
where is_customer_day and eligible_feature_count > 0 and {{ in_rebuild_window('activity_date') }}
