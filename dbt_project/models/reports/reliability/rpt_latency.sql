with

latency as (select * from {{ ref('fct_latency_daily') }}),

routes as (select * from {{ ref('int_route_latency_28d') }}),

apdex as (select * from {{ ref('int_apdex_28d') }}),

web_vitals as (select * from {{ ref('int_web_vitals_daily') }}),

thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any'
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

measured as (
    select
        latency.dimension,
        latency.segment,
        latency.measurement,
        latency.sample_count,
        latency.p50_seconds,
        latency.p75_seconds,
        latency.p95_seconds,
        latency.p99_seconds
    from latency
    inner join parameters on latency.activity_date = parameters.as_of_date
    union all
    select
        'route',
        routes.route,
        routes.measurement,
        routes.sample_count,
        routes.p50_seconds,
        routes.p75_seconds,
        routes.p95_seconds,
        routes.p99_seconds
    from routes
),

ratings as (
    select
        web_vitals.measurement,
        case when web_vitals.device_type = 'all' then 'all' else 'device_type' end as dimension,
        web_vitals.device_type as segment,
        web_vitals.rating
    from web_vitals
    inner join parameters on web_vitals.activity_date = parameters.as_of_date
),

scored as (
    select
        case when route = 'all' then 'all' else 'route' end as dimension,
        route as segment,
        measurement,
        apdex_band,
        satisfied_seconds,
        apdex
    from apdex
)

select
    measured.dimension,
    measured.segment,
    measured.measurement,
    ratings.rating as web_vital_rating,
    scored.apdex_band,
    measured.sample_count,
    measured.p50_seconds,
    measured.p75_seconds,
    measured.p95_seconds,
    measured.p99_seconds,
    coalesce(scored.satisfied_seconds, thresholds.satisfied_seconds) as satisfied_seconds,
    scored.apdex,
    measured.sample_count < 100 as is_small_group
from measured
inner join thresholds using (measurement)
left join scored using (dimension, segment, measurement)
left join ratings using (dimension, segment, measurement)
