{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

daily as (
    select * from {{ ref('int_latency_buckets_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

dates as (
    select * from {{ ref('dim_dates') }}
    where {{ in_rebuild_window('date_day') }}
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

-- A sample counts for 28 days: what it adds on the first of them it takes away after the last.
changes as (
    {%- for days_later, sign in [(0, ''), (28, '-')] %}
        select
            series.series_number,
            daily.bucket,
            daily.activity_date + {{ days_later }} as change_date,
            {{ sign }}daily.sample_count as sample_change,
            {{ sign }}daily.request_count as request_change
        from daily
        inner join series using (dimension, segment, measurement)
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Most buckets are empty on most days, so they are counted from change to change and not day by day.
spans as (
    select
        series_number,
        bucket,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over bucket_history as end_date,
        cast(sum(sum(sample_change)) over bucket_history as integer) as sample_count,
        cast(sum(sum(request_change)) over bucket_history as decimal(18, 6)) as request_count
    from changes
    group by series_number, bucket, change_date
    window bucket_history as (
        partition by series_number, bucket
        order by change_date
    )
),

rolling as (
    select
        spans.series_number,
        spans.bucket,
        dates.date_day as activity_date,
        spans.sample_count,
        spans.request_count
    from spans
    inner join dates on spans.first_date <= dates.date_day and spans.end_date > dates.date_day
    where spans.request_count > 0
),

percentiles as (
    with
    {{ percentiles_of_buckets('rolling', by=['series_number', 'activity_date']) }}
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
