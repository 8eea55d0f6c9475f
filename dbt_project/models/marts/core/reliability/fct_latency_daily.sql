{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

samples as (select * from {{ ref('int_samples_summed_to_days') }} where {{ is_rebuilt('activity_date', look_back=27) }}),

segments as (select * from {{ ref('fct_account_segments_daily') }} where {{ is_rebuilt('activity_date', look_back=27) }}),

thresholds as (select * from {{ ref('latency_thresholds') }} where route = 'any'),

dates as (select date_day from {{ ref('dim_dates') }} where {{ is_rebuilt('date_day', look_back=27) }}),

-- Page vitals are for the page: they are read for all customers and by device, requests by every segment.
located as (
    select
        samples.*,
        segments.dimension,
        segments.segment
    from samples
    inner join thresholds using (measurement)
    inner join segments using (account_id, activity_date)
    where segments.dimension = 'all' or (segments.dimension != 'account' and thresholds.is_request)
),

placed as (
    select
        dimension,
        segment,
        activity_date,
        measurement,
        bucket,
        sample_count,
        request_count
    from located
    union all
    select
        'device_type',
        device_type,
        activity_date,
        measurement,
        bucket,
        sample_count,
        request_count
    from located
    where dimension = 'all'
),

daily as (
    select
        dimension,
        segment,
        activity_date,
        measurement,
        bucket,
        cast(sum(sample_count) as integer) as sample_count,
        cast(sum(request_count) as decimal(18, 6)) as request_count
    from placed
    group by
        dimension,
        segment,
        activity_date,
        measurement,
        bucket
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
