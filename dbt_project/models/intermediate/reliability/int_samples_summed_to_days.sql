{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

samples as (
    select * from {{ ref('int_performance_deduplicated') }}
    where {{ in_rebuild_window('activity_date') }}
),

events as (
    select * from {{ ref('stg_product__events') }}
    where
        sender_session_id is not null
        and rejection_reason is null
        and {{ happened_in_rebuild_window('occurred_at', look_back=1) }}
),

usual_thresholds as (select * from {{ ref('latency_thresholds') }} where route = 'any'),

route_thresholds as (select * from {{ ref('latency_thresholds') }} where route != 'any'),

session_days as (
    select
        sender_session_id,
        {{ local_day('occurred_at') }} as event_date,
        min(platform) as first_platform,
        max(platform) as last_platform
    from events
    group by sender_session_id, {{ local_day('occurred_at') }}
),

-- A request that the sender gives to a session ran on the platform of its events, of that day or the one before.
session_platforms as (
    select
        sender_session_id,
        activity_date,
        min(first_platform) as platform
    from (
        {% for days in [0, 1] %}
            select
                *,
                event_date + {{ days }} as activity_date
            from session_days
            {% if not loop.last %}union all{% endif %}
        {% endfor %}
    ) as near_days
    group by sender_session_id, activity_date
    having min(first_platform) = max(last_platform)
),

-- One sample stands for one over its rate requests.
judged as (
    select
        samples.account_id,
        samples.activity_date,
        samples.measurement,
        coalesce(samples.route, 'unknown') as route,
        coalesce(samples.device_type, 'unknown') as device_type,
        coalesce(session_platforms.platform, 'unknown') as platform,
        {{ logarithmic_bucket('samples.value_seconds') }} as bucket,
        samples.is_success,
        samples.value_seconds,
        coalesce(route_thresholds.satisfied_seconds, usual_thresholds.satisfied_seconds) as satisfied_seconds,
        cast(1 / nullif(samples.sample_rate, 0) as decimal(18, 6)) as request_count
    from samples
    inner join usual_thresholds on samples.measurement = usual_thresholds.measurement
    left join route_thresholds
        on samples.measurement = route_thresholds.measurement and samples.route = route_thresholds.route
    left join session_platforms using (sender_session_id, activity_date)
    where samples.account_id is not null
)

-- Satisfied up to T, tolerating up to four times T; a failed request frustrates.
select
    account_id,
    activity_date,
    measurement,
    route,
    device_type,
    platform,
    bucket,
    count(*) as sample_count,
    count(is_success) as outcome_sample_count,
    sum(request_count) as request_count,
    sum(case when is_success is not null then request_count else 0 end) as outcome_count,
    sum(case when not is_success then request_count else 0 end) as failed_count,
    sum(
        case when value_seconds <= satisfied_seconds and coalesce(is_success, true) then request_count else 0 end
    ) as satisfied_count,
    sum(case when value_seconds > 4 * satisfied_seconds then request_count else 0 end) as slow_count,
    sum(
        case when value_seconds > 4 * satisfied_seconds or not coalesce(is_success, true) then request_count else 0 end
    ) as frustrated_count,
    sum(cast(value_seconds as decimal(18, 6))) as total_seconds
from judged
group by account_id, activity_date, measurement, route, device_type, platform, bucket
