{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

samples as (
    select * from {{ ref('int_performance_deduplicated') }}
    where {{ is_rebuilt('activity_date') }}
),

usual_thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any'
),

route_thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route != 'any'
),

-- One sample stands for one over its rate requests.
judged as (
    select
        samples.account_id,
        samples.activity_date,
        samples.measurement,
        coalesce(samples.route, 'unknown') as route,
        coalesce(samples.device_type, 'unknown') as device_type,
        {{ logarithmic_bucket('samples.value_seconds') }} as bucket,
        samples.is_success,
        samples.value_seconds,
        coalesce(route_thresholds.satisfied_seconds, usual_thresholds.satisfied_seconds) as satisfied_seconds,
        cast(1 / nullif(samples.sample_rate, 0) as decimal(18, 6)) as request_count
    from samples
    inner join usual_thresholds on samples.measurement = usual_thresholds.measurement
    left join route_thresholds
        on
            samples.measurement = route_thresholds.measurement
            and samples.route = route_thresholds.route
    where samples.account_id is not null
)

-- metrics.md 2.7: satisfied up to T, tolerating up to four times T; a failed request frustrates.
select
    account_id,
    activity_date,
    measurement,
    route,
    device_type,
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
group by
    account_id,
    activity_date,
    measurement,
    route,
    device_type,
    bucket
