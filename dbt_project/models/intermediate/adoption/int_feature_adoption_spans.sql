with

usage as (select * from {{ ref('int_user_usage_summed_to_days') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

features as (select * from {{ ref('dim_features') }}),

reach_spans as (select * from {{ ref('int_user_reach_spans') }}),

core_days as (
    select
        usage.account_id,
        usage.feature_id,
        usage.user_id,
        usage.activity_date,
        usage.core_event_count,
        features.core_min_count
    from usage
    inner join user_days using (account_id, user_id, activity_date)
    inner join features using (feature_id)
    where user_days.is_in_population and features.is_core and usage.core_event_count > 0
),

-- A core action counts from its day until 28 days later.
changes as (
    select
        account_id,
        feature_id,
        user_id,
        core_min_count,
        activity_date as change_date,
        core_event_count as event_change
    from core_days
    union all
    select
        account_id,
        feature_id,
        user_id,
        core_min_count,
        activity_date + 28,
        -core_event_count
    from core_days
),

counted as (
    select
        account_id,
        feature_id,
        user_id,
        change_date,
        sum(sum(event_change)) over (
            partition by account_id, feature_id, user_id
            order by change_date
        ) >= core_min_count as is_adopter
    from changes
    group by account_id, feature_id, user_id, core_min_count, change_date
),

compared as (
    select
        *,
        coalesce(
            lag(is_adopter) over (partition by account_id, feature_id, user_id order by change_date), false
        ) as was_adopter
    from counted
),

-- Only the days on which somebody becomes an adopter or stops being one.
turns as (
    select
        account_id,
        feature_id,
        user_id,
        is_adopter,
        change_date as first_date,
        lead(change_date) over (partition by account_id, feature_id, user_id order by change_date) as end_date
    from compared
    where is_adopter != was_adopter
)

-- What was done on a platform that the feature does not have adopts nothing.
select
    turns.account_id,
    turns.feature_id,
    turns.user_id,
    greatest(turns.first_date, coalesce(reach_spans.first_date, turns.first_date)) as first_date,
    least(turns.end_date, coalesce(reach_spans.end_date, turns.end_date)) as end_date
from turns
inner join features using (feature_id)
left join reach_spans
    on
        turns.account_id = reach_spans.account_id
        and turns.user_id = reach_spans.user_id
        and features.platforms = reach_spans.platforms
        and {{ spans_overlap('turns', 'reach_spans') }}
where turns.is_adopter and (features.platforms is null or reach_spans.platforms is not null)
