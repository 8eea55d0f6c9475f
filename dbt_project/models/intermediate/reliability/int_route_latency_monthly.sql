with

samples as (select * from {{ ref('int_samples_summed_to_days') }}),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

dates as (select * from {{ ref('dim_dates') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The 28 days that end with each month, and those that end with the last complete day.
windows as (
    select dates.date_day as window_end_date
    from dates
    cross join parameters
    where
        dates.date_day = parameters.as_of_date
        or cast(date_trunc('month', dates.date_day + 1) as date) = dates.date_day + 1
),

buckets as (
    select
        windows.window_end_date,
        samples.measurement,
        samples.route,
        samples.bucket,
        sum(samples.sample_count) as sample_count,
        sum(samples.request_count) as request_count
    from samples
    inner join segments using (account_id, activity_date)
    inner join windows on samples.activity_date between windows.window_end_date - 27 and windows.window_end_date
    group by
        windows.window_end_date,
        samples.measurement,
        samples.route,
        samples.bucket
),

{{ percentiles_of_buckets('buckets', by=['window_end_date', 'measurement', 'route']) }}
