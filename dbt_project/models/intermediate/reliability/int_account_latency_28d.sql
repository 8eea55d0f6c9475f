with

samples as (select * from {{ ref('int_samples_summed_to_days') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

buckets as (
    select
        samples.account_id,
        parameters.as_of_date as window_end_date,
        samples.measurement,
        samples.bucket,
        sum(samples.sample_count) as sample_count,
        sum(samples.request_count) as request_count
    from samples
    inner join parameters on samples.activity_date between parameters.as_of_date - 27 and parameters.as_of_date
    group by samples.account_id, parameters.as_of_date, samples.measurement, samples.bucket
),

{{ percentiles_of_buckets('buckets', by=['account_id', 'window_end_date', 'measurement']) }}
