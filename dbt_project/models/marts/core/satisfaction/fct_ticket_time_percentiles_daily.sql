with

spans as (
    select * from {{ ref('fct_ticket_spans') }}
    where seconds is not null
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

dates as (select * from {{ ref('dim_dates') }}),

-- A bucket is two per cent wide; the shortest holds a second and less.
placed as (
    select
        segments.dimension,
        segments.segment,
        spans.measure,
        {{ logarithmic_bucket('greatest(spans.seconds, 1)') }} as bucket,
        spans.counted_from,
        spans.counted_to
    from spans
    inner join segments on spans.account_id = segments.account_id and spans.created_date = segments.activity_date
),

changes as (
    select dimension, segment, measure, bucket, counted_from as change_date, 1 as ticket_change from placed
    union all
    select dimension, segment, measure, bucket, counted_to as change_date, -1 as ticket_change from placed
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
    cast(max(ticket_count) as bigint) as ticket_count
    {%- for name, share, variance in [('median', 0.5, 0.25), ('p90', 0.9, 0.09)] %}
    {%- for end, half_widths in {'seconds': 0, 'seconds_low': -1.959964, 'seconds_high': 1.959964}.items() %},
    cast({{ bucket_middle('min(bucket) filter (where tickets_up_to >= least(' ~ share ~ ' * ticket_count + '
        ~ half_widths ~ ' * sqrt(' ~ variance ~ ' * ticket_count), ticket_count))') }} as double)
        as {{ name }}_{{ end }}
    {%- endfor %}
    {%- endfor %}
from ranked
group by dimension, segment, measure, activity_date
