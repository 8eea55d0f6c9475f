{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{%- set shares = [('median', '0.5', '0.25'), ('p90', '0.9', '0.09')] -%}

with

spans as (
    select
        *,
        -- Millions of rows are sorted by one number instead of three names.
        dense_rank() over (order by dimension, segment, measure) as series_number,
        -- A bucket is two per cent wide; the first holds a second and less.
        {{ logarithmic_bucket('greatest(seconds, 1)') }} as bucket
    from {{ ref('int_segment_ticket_spans') }}
    where seconds is not null
),

dates as (
    select * from {{ ref('dim_dates') }}
    where {{ in_rebuild_window('date_day') }}
),

series as (
    select distinct
        series_number,
        dimension,
        segment,
        measure
    from spans
),

changes as (
    select
        series_number,
        bucket,
        counted_from as change_date,
        1 as ticket_change
    from spans
    union all
    select
        series_number,
        bucket,
        counted_to as change_date,
        -1 as ticket_change
    from spans
),

-- Between two changes the count of a bucket stands still.
standing as (
    select
        series_number,
        bucket,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over bucket_history as end_date,
        cast(sum(sum(ticket_change)) over bucket_history as integer) as ticket_count
    from changes
    group by series_number, bucket, change_date
    window bucket_history as (
        partition by series_number, bucket
        order by change_date
    )
),

ranked as (
    select
        standing.series_number,
        dates.date_day,
        standing.bucket,
        cast(sum(standing.ticket_count) over day_by_bucket as integer) as tickets_up_to,
        cast(sum(standing.ticket_count) over whole_day as integer) as ticket_count
    from standing
    inner join dates on standing.first_date <= dates.date_day and standing.end_date > dates.date_day
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

-- The interval of a percentile lies between the ranks n q -/+ 1.96 sqrt(n q (1 - q)).
measured as (
    select
        series_number,
        date_day,
        {% for name, share, variance in shares %}
            {{ bucket_percentile(share, 'tickets_up_to', 'ticket_count') }} as {{ name }}_seconds,
            {%- for end, sign in [('low', '-'), ('high', '+')] %}
                {%- set distance = sign ~ ' 1.959964 * sqrt(' ~ variance ~ ' * ticket_count)' %}
                {%- set rank = 'least(' ~ share ~ ' * ticket_count ' ~ distance ~ ', ticket_count)' %}
                cast({{ bucket_middle('min(bucket) filter (where tickets_up_to >= ' ~ rank ~ ')') }} as double)
                    as {{ name }}_seconds_{{ end }},
            {%- endfor %}
        {% endfor %}
        cast(max(ticket_count) as bigint) as ticket_count
    from ranked
    group by series_number, date_day
)

select
    series.dimension,
    series.segment,
    series.measure,
    measured.date_day as activity_date,
    {% for name, share, variance in shares %}
        measured.{{ name }}_seconds,
        measured.{{ name }}_seconds_low,
        measured.{{ name }}_seconds_high,
    {% endfor %}
    measured.ticket_count
from measured
inner join series using (series_number)
