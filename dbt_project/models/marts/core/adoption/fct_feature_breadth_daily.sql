with

account_days as (select * from {{ ref('fct_subscriptions_daily') }}),

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

features as (select * from {{ ref('dim_features') }}),

dates as (select * from {{ ref('dim_dates') }}),

core_usage as (
    select
        usage.account_id,
        usage.feature_id,
        usage.activity_date,
        {{ days_between('lag(usage.activity_date) over feature_history', 'usage.activity_date') }}
            as days_since_previous,
        {{ days_between('usage.activity_date', 'lead(usage.activity_date) over feature_history') }} as days_until_next
    from usage
    inner join features using (feature_id)
    where features.is_core and usage.core_event_count > 0
    window feature_history as (
        partition by usage.account_id, usage.feature_id
        order by usage.activity_date
    )
),

-- The merged spans of fct_active_users_daily, for features in place of users.
changes as (
    select
        account_id,
        activity_date,
        1 as feature_change
    from core_usage
    where coalesce(days_since_previous, 28) >= 28
    union all
    select
        account_id,
        activity_date + 28,
        -1
    from core_usage
    where coalesce(days_until_next, 28) >= 28
),

summed as (
    select
        account_id,
        activity_date,
        sum(feature_change) as feature_change
    from changes
    group by account_id, activity_date
),

plan_ids as (
    select distinct plan_id
    from account_days
),

-- A feature can be asked of a plan from its release, and not before anybody's use shows that it is recorded.
eligible as (
    select
        coalesce(plan_ids.plan_id, 'unknown') as plan_id,
        dates.date_day as activity_date,
        count(*) as eligible_feature_count
    from plan_ids
    cross join dates
    inner join features
        on
            features.is_core
            and greatest(features.released_on, features.first_used_date) <= dates.date_day
            and (features.retired_on is null or dates.date_day < features.retired_on)
            and (
                features.plans is null
                or '|' || features.plans || '|' like '%|' || coalesce(plan_ids.plan_id, '') || '|%'
            )
    group by plan_ids.plan_id, dates.date_day
),

used as (
    select
        account_days.account_id,
        account_days.activity_date,
        coalesce(account_days.plan_id, 'unknown') as plan_id,
        sum(coalesce(summed.feature_change, 0)) over (
            partition by account_days.account_id
            order by account_days.activity_date
        ) as used_feature_count
    from account_days
    left join summed using (account_id, activity_date)
)

-- Features of a plan that the account has left since do not count beyond what its plan offers.
select
    used.account_id,
    used.activity_date,
    cast(least(used.used_feature_count, eligible.eligible_feature_count) as bigint) as used_feature_count,
    cast(eligible.eligible_feature_count as bigint) as eligible_feature_count
from used
inner join eligible using (plan_id, activity_date)
