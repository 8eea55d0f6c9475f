with

samples as (select * from {{ ref('int_samples_summed_to_days') }}),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

usual_thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any' and is_request
),

route_thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route != 'any'
),

bands as (select * from {{ ref('apdex_bands') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

counted as (
    select
        parameters.as_of_date as window_end_date,
        samples.measurement,
        coalesce(samples.route, 'all') as route,
        sum(samples.sample_count) as sample_count,
        sum(samples.request_count) as request_count,
        sum(samples.satisfied_count) as satisfied_count,
        sum(samples.frustrated_count) as frustrated_count
    from samples
    inner join usual_thresholds using (measurement)
    inner join segments using (account_id, activity_date)
    inner join parameters on samples.activity_date between parameters.as_of_date - 27 and parameters.as_of_date
    group by
        grouping sets (
            (parameters.as_of_date, samples.measurement),
            (parameters.as_of_date, samples.measurement, samples.route)
        )
),

-- Satisfied, and half of those who are neither satisfied nor frustrated.
valued as (
    select
        *,
        cast(request_count + satisfied_count - frustrated_count as double)
        / nullif(cast(2 * request_count as double), 0)
            as apdex
    from counted
)

select
    valued.window_end_date,
    valued.measurement,
    valued.route,
    max_by(bands.apdex_band, bands.lower_bound) as apdex_band,
    coalesce(max(route_thresholds.satisfied_seconds), max(usual_thresholds.satisfied_seconds)) as satisfied_seconds,
    cast(max(valued.sample_count) as bigint) as sample_count,
    cast(max(valued.request_count) as double) as request_count,
    cast(max(valued.satisfied_count) as double) as satisfied_count,
    cast(max(valued.frustrated_count) as double) as frustrated_count,
    valued.apdex,
    max(valued.sample_count) < 100 as is_small_group
from valued
inner join usual_thresholds on valued.measurement = usual_thresholds.measurement
inner join bands on valued.apdex >= bands.lower_bound
left join route_thresholds
    on
        valued.measurement = route_thresholds.measurement
        and valued.route = route_thresholds.route
group by
    valued.window_end_date,
    valued.measurement,
    valued.route,
    valued.apdex
