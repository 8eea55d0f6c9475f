{{ config(materialized='ephemeral') }}

with

usage as (select * from {{ ref('fct_feature_usage_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

core_days as (
    select
        usage.*,
        usage.activity_date > parameters.as_of_date - 28 as is_recent,
        max(usage.activity_date) over (partition by usage.account_id, usage.feature_id) as last_used_date
    from usage
    inner join parameters on usage.activity_date <= parameters.as_of_date
    where usage.core_event_count > 0
)

select
    account_id,
    feature_id,
    last_used_date,
    sum(case when is_recent then core_event_count else 0 end) as core_events_28d,
    sum(case when is_recent then core_user_count else 0 end) as core_user_days_28d,
    -- Weeks with use among those that end with the last use.
    count(distinct case
        when activity_date > last_used_date - 7 * {{ var('cliff_weeks') }}
            then floor({{ days_between('activity_date', 'last_used_date') }} / 7)
    end) as used_week_count
from core_days
group by account_id, feature_id, last_used_date
