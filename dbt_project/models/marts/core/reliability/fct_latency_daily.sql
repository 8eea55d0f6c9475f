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

buckets as (
    select distinct
        dimension,
        segment,
        measurement,
        bucket
    from daily
),

rolling as (
    select
        buckets.dimension,
        buckets.segment,
        dates.date_day as activity_date,
        buckets.measurement,
        buckets.bucket,
        cast(sum(coalesce(daily.sample_count, 0)) over last_28_days as integer) as sample_count,
        cast(sum(coalesce(daily.request_count, 0)) over last_28_days as decimal(18, 6)) as request_count
    from buckets
    cross join dates
    left join daily
        on
            buckets.dimension = daily.dimension
            and buckets.segment = daily.segment
            and buckets.measurement = daily.measurement
            and buckets.bucket = daily.bucket
            and dates.date_day = daily.activity_date
    window last_28_days as (
        partition by buckets.dimension, buckets.segment, buckets.measurement, buckets.bucket
        order by dates.date_day
        range between interval 27 days preceding and current row
    )
),

rebuilt as (
    select *
    from rolling
    where {{ is_rebuilt('activity_date') }}
),

{{ percentiles_of_buckets('rebuilt', by=['dimension', 'segment', 'activity_date', 'measurement']) }}
