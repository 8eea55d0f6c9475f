{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

intervals as (
    select
        *,
        -- Millions of rows are sorted by one number instead of three names.
        dense_rank() over (order by dimension, segment, measure) as series_number,
        -- A bucket is two per cent wide; the first holds a second and less.
        {{ logarithmic_bucket('greatest(seconds, 1)') }} as bucket
    from {{ ref('int_segment_ticket_intervals') }}
    where seconds is not null
),

dates as (
    select * from {{ ref('int_days_spined') }}
    where {{ in_rebuild_window('date_day') }}
),

series as (
    select distinct
        series_number,
        dimension,
        segment,
        measure
    from intervals
),

changes as (
    select
        series_number,
        bucket,
        counted_from as change_date,
        1 as ticket_count_change
    from intervals
    union all
    select
        series_number,
        bucket,
        counted_to as change_date,
        -1 as ticket_count_change
    from intervals
),

{{ standing_buckets({'ticket_count': 'integer'}) }},

ranked as (
    select
        standing.series_number,
        dates.date_day,
        standing.bucket,
        cast(sum(standing.ticket_count) over day_by_bucket as integer) as tickets_up_to,
        cast(sum(standing.ticket_count) over whole_day as integer) as ticket_count
    from standing
    inner join dates on standing.valid_from <= dates.date_day and standing.valid_to > dates.date_day
    where standing.ticket_count > 0
    window
        -- The same order twice is sorted once.
        whole_day as (
            partition by standing.series_number, dates.date_day order by standing.bucket
            rows between unbounded preceding and unbounded following
        ),
        day_by_bucket as (
            partition by standing.series_number, dates.date_day order by standing.bucket
            rows between unbounded preceding and current row
        )
),

measured as (
    select
        series_number,
        date_day,
        {%- for name, share in {'median': 0.5, 'p90': 0.9}.items() %}
            {{ bucket_percentile(share, 'tickets_up_to', 'ticket_count') }} as {{ name }}_seconds,
            {{ bucket_percentile_bound(share, 'tickets_up_to', 'ticket_count', '-') }} as {{ name }}_seconds_low,
            {{ bucket_percentile_bound(share, 'tickets_up_to', 'ticket_count', '+') }} as {{ name }}_seconds_high,
        {%- endfor %}
        cast(max(ticket_count) as bigint) as ticket_count
    from ranked
    group by series_number, date_day
)

select
    series.dimension,
    series.segment,
    series.measure,
    measured.date_day as activity_date,
    measured.median_seconds,
    measured.median_seconds_low,
    measured.median_seconds_high,
    measured.p90_seconds,
    measured.p90_seconds_low,
    measured.p90_seconds_high,
    measured.ticket_count
from measured
inner join series using (series_number)
