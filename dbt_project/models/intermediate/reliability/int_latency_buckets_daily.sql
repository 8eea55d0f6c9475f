{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

samples as (
    select * from {{ ref('int_samples_summed_to_days') }}
    where {{ in_rebuild_window('activity_date') }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any'
),

-- Page vitals are for the page: they are read for all customers and by device, requests by every segment.
located as (
    select
        samples.*,
        segments.dimension,
        {{ segment_of_session('samples.platform') }} as segment
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
)

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
