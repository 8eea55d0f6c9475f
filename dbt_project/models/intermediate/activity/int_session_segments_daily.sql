{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

activity as (
    select * from {{ ref('int_segment_activity_daily') }}
    where dimension not in ('account', 'platform') and {{ in_rebuild_window('activity_date') }}
),

customers as (select * from {{ ref('fct_account_segments_daily') }} where dimension = 'all'),

user_platforms as (
    select * from {{ ref('int_user_usage_summed_to_days') }}
    where not is_internal and {{ in_rebuild_window('activity_date', look_back=27) }}
),

sessions as (select * from {{ ref('int_sessions_daily') }} where dimension = 'platform'),

latency as (
    select * from {{ ref('int_latency_buckets_daily') }}
    where dimension = 'platform' and {{ in_rebuild_window('activity_date', look_back=27) }}
),

-- Sessions and requests of nobody known say that a platform is in use, and count no user.
seen as (
    select
        user_platforms.platform,
        user_platforms.user_id,
        user_platforms.activity_date
    from user_platforms
    inner join customers using (account_id, activity_date)
    {% for step in ['sessions', 'latency'] %}
        union
        select
            segment as platform,
            cast(null as string) as user_id,
            activity_date
        from {{ step }}
    {% endfor %}
),

spaced as (
    select
        *,
        {{ days_between('lag(activity_date) over user_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over user_history') }} as days_until_next
    from seen
    window user_history as (partition by platform, user_id order by activity_date)
),

-- The merged spans of int_active_users_daily, for platforms in place of segments.
changes as (
    {% for days, sign, neighbour in [(0, '', 'days_since_previous'), (28, '-', 'days_until_next')] %}
        select
            platform,
            activity_date + {{ days }} as change_date,
            {{ sign }}1 as seen_change,
            case when user_id is null then 0 else {{ sign }}1 end as user_change,
            0 as is_day
        from spaced
        where coalesce({{ neighbour }}, 28) >= 28
        union all
    {% endfor %}
    select
        platforms.platform,
        activity.activity_date,
        0,
        0,
        1
    from activity
    cross join (select distinct platform from seen) as platforms
    where activity.dimension = 'all'
),

running as (
    select
        platform,
        change_date,
        max(is_day) as is_day,
        sum(sum(seen_change)) over platform_history as seen_count,
        sum(sum(user_change)) over platform_history as mau
    from changes
    group by platform, change_date
    window platform_history as (partition by platform order by change_date)
)

select
    dimension,
    segment,
    activity_date,
    mau
from activity
union all
select
    'platform' as dimension,
    platform as segment,
    change_date as activity_date,
    cast(mau as bigint) as mau
from running
where is_day = 1 and seen_count > 0 and {{ in_rebuild_window('change_date') }}
