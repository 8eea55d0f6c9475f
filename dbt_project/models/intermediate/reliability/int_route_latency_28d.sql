with

samples as (select * from {{ ref('int_samples_summed_to_days') }}),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

buckets as (
    select
        parameters.as_of_date as window_end_date,
        samples.measurement,
        samples.route,
        samples.bucket,
        sum(samples.sample_count) as sample_count,
        sum(samples.request_count) as request_count
    from samples
    inner join segments using (account_id, activity_date)
    inner join parameters on samples.activity_date between parameters.as_of_date - 27 and parameters.as_of_date
    group by parameters.as_of_date, samples.measurement, samples.route, samples.bucket
),

{{ percentiles_of_buckets('buckets', by=['window_end_date', 'measurement', 'route']) }}
