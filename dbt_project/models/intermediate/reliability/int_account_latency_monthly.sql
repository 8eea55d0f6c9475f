{{ config(
    materialized='incremental',
    incremental_strategy='replace_days',
    event_time='window_end_date',
    meta={'settles_after_days': 1}
) }}

with

samples as (
    select * from {{ ref('int_samples_summed_to_days') }}
    where {{ in_rebuild_window('activity_date', look_back=28) }}
),

dates as (select * from {{ ref('dim_dates') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The 28 days that end with each month, and those that end with the last complete day, which are gone a day later.
windows as (
    select dates.date_day as window_end_date
    from dates
    cross join parameters
    where
        {{ in_rebuild_window('dates.date_day', look_back=1) }}
        and (
            dates.date_day = parameters.as_of_date
            or cast(date_trunc('month', dates.date_day + 1) as date) = dates.date_day + 1
        )
),

buckets as (
    select
        samples.account_id,
        windows.window_end_date,
        samples.measurement,
        coalesce(samples.route, 'all') as route,
        coalesce(samples.device_type, 'all') as device_type,
        samples.bucket,
        sum(samples.sample_count) as sample_count,
        sum(samples.request_count) as request_count
    from samples
    inner join windows on samples.activity_date between windows.window_end_date - 27 and windows.window_end_date
    group by
        grouping sets (
            (samples.account_id, windows.window_end_date, samples.measurement, samples.bucket),
            (samples.account_id, windows.window_end_date, samples.measurement, samples.bucket, samples.route),
            (samples.account_id, windows.window_end_date, samples.measurement, samples.bucket, samples.device_type)
        )
),

{{ percentiles_of_buckets(
    'buckets', by=['account_id', 'window_end_date', 'measurement', 'route', 'device_type']
) }}
