with

spans as (
    select
        *,
        -- A bucket is two per cent wide; the first holds a second and less.
        {{ logarithmic_bucket('greatest(seconds, 1)') }} as bucket
    from {{ ref('fct_segment_ticket_spans') }}
    where seconds is not null
),

dates as (select * from {{ ref('dim_dates') }}),

changes as (
    select
        dimension,
        segment,
        measure,
        bucket,
        counted_from as change_date,
        1 as ticket_change
    from spans
    union all
    select
        dimension,
        segment,
        measure,
        bucket,
        counted_to as change_date,
        -1 as ticket_change
    from spans
),

summed as (
    select
        dimension,
        segment,
        measure,
        bucket,
        change_date,
        sum(ticket_change) as ticket_change
    from changes
    group by dimension, segment, measure, bucket, change_date
),

-- Between two changes the count of a bucket stands still.
standing as (
    select
        dimension,
        segment,
        measure,
        bucket,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over bucket_history as end_date,
        sum(ticket_change) over bucket_history as ticket_count
    from summed
    window bucket_history as (
        partition by dimension, segment, measure, bucket
        order by change_date
    )
),

ranked as (
    select
        standing.dimension,
        standing.segment,
        standing.measure,
        dates.date_day as activity_date,
        standing.bucket,
        sum(standing.ticket_count) over (
            partition by standing.dimension, standing.segment, standing.measure, dates.date_day
            order by standing.bucket
        ) as tickets_up_to,
        sum(standing.ticket_count) over (
            partition by standing.dimension, standing.segment, standing.measure, dates.date_day
        ) as ticket_count
    from standing
    inner join dates on standing.first_date <= dates.date_day and standing.end_date > dates.date_day
    where standing.ticket_count > 0
)

-- The interval of a percentile lies between the ranks n q -/+ 1.96 sqrt(n q (1 - q)).
select
    dimension,
    segment,
    measure,
    activity_date,
    {% for column, share, distance in [
        ('median_seconds', '0.5', '0'),
        ('median_seconds_low', '0.5', '-1.959964 * sqrt(0.25 * ticket_count)'),
        ('median_seconds_high', '0.5', '1.959964 * sqrt(0.25 * ticket_count)'),
        ('p90_seconds', '0.9', '0'),
        ('p90_seconds_low', '0.9', '-1.959964 * sqrt(0.09 * ticket_count)'),
        ('p90_seconds_high', '0.9', '1.959964 * sqrt(0.09 * ticket_count)'),
    ] %}
        {%- set rank = 'least(' ~ share ~ ' * ticket_count + ' ~ distance ~ ', ticket_count)' %}
        cast({{ bucket_middle('min(bucket) filter (where tickets_up_to >= ' ~ rank ~ ')') }} as double)
            as {{ column }},
    {% endfor %}
    cast(max(ticket_count) as bigint) as ticket_count
from ranked
group by dimension, segment, measure, activity_date
