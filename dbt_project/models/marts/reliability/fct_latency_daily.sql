{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

daily as (
    select * from {{ ref('int_latency_buckets_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

days_built as (
    select
        min(date_day) as first_day,
        max(date_day) as last_day
    from {{ ref('int_days_spined') }}
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
            {{ sign }}daily.sample_count as sample_count_change,
            {{ sign }}daily.request_count as request_count_change
        from daily
        inner join series using (dimension, segment, measurement)
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

{{ standing_buckets({'sample_count': 'integer', 'request_count': 'decimal(18, 6)'}) }},

rolling as (
    select
        standing.series_number,
        standing.bucket,
        {{ each_day(
            'greatest(standing.valid_from, days_built.first_day)', 'least(standing.valid_to - 1, days_built.last_day)'
        ) }} as activity_date,
        standing.sample_count,
        standing.request_count
    from standing
    inner join days_built on standing.valid_from <= days_built.last_day and standing.valid_to > days_built.first_day
    where standing.request_count > 0
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
