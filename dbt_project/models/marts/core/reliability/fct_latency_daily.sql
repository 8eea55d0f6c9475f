{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

daily as (
    select * from {{ ref('fct_latency_buckets_daily') }}
    where {{ is_rebuilt('activity_date', look_back=27) }}
),

dates as (
    select * from {{ ref('dim_dates') }}
    where {{ is_rebuilt('date_day', look_back=27) }}
),

-- Millions of rows are sorted by one number instead of three names.
series as (
    select
        dimension,
        segment,
        measurement,
        row_number() over (order by dimension, segment, measurement) as series_number
    from daily
    group by dimension, segment, measurement
),

numbered as (
    select
        series.series_number,
        daily.bucket,
        daily.activity_date,
        daily.sample_count,
        daily.request_count
    from daily
    inner join series using (dimension, segment, measurement)
),

buckets as (
    select distinct
        series_number,
        bucket
    from numbered
),

rolling as (
    select
        buckets.series_number,
        buckets.bucket,
        dates.date_day as activity_date,
        cast(sum(numbered.sample_count) over last_28_days as integer) as sample_count,
        cast(sum(numbered.request_count) over last_28_days as decimal(18, 6)) as request_count
    from buckets
    cross join dates
    left join numbered
        on
            buckets.series_number = numbered.series_number
            and buckets.bucket = numbered.bucket
            and dates.date_day = numbered.activity_date
    window last_28_days as (
        partition by buckets.series_number, buckets.bucket
        order by dates.date_day
        range between interval 27 days preceding and current row
    )
),

rebuilt as (
    select *
    from rolling
    where {{ is_rebuilt('activity_date') }}
),

percentiles as (
    with
    {{ percentiles_of_buckets('rebuilt', by=['series_number', 'activity_date']) }}
)

select
    series.dimension,
    series.segment,
    percentiles.activity_date,
    series.measurement,
    percentiles.sample_count,
    percentiles.request_count,
    percentiles.p50_seconds,
    percentiles.p75_seconds,
    percentiles.p95_seconds,
    percentiles.p99_seconds
from percentiles
inner join series using (series_number)
