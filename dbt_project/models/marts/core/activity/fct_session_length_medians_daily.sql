{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

buckets as (
    select * from {{ ref('fct_session_length_buckets_daily') }}
    where {{ is_rebuilt('activity_date', look_back=27) }}
),

dates as (select * from {{ ref('dim_dates') }} where {{ is_rebuilt('date_day', look_back=27) }}),

-- A session enters the window on its day and leaves it 28 days later.
changes as (
    select
        dimension,
        segment,
        activity_date as change_date,
        bucket,
        session_count as session_change
    from buckets
    union all
    select
        dimension,
        segment,
        activity_date + 28,
        bucket,
        -session_count
    from buckets
),

segment_buckets as (
    select distinct
        dimension,
        segment,
        bucket
    from buckets
),

summed as (
    select
        dimension,
        segment,
        change_date,
        bucket,
        sum(session_change) as session_change
    from changes
    group by dimension, segment, change_date, bucket
),

daily as (
    select
        segment_buckets.dimension,
        segment_buckets.segment,
        dates.date_day as activity_date,
        segment_buckets.bucket,
        sum(coalesce(summed.session_change, 0)) over (
            partition by segment_buckets.dimension, segment_buckets.segment, segment_buckets.bucket
            order by dates.date_day
        ) as session_count
    from segment_buckets
    cross join dates
    left join summed
        on
            segment_buckets.dimension = summed.dimension
            and segment_buckets.segment = summed.segment
            and dates.date_day = summed.change_date
            and segment_buckets.bucket = summed.bucket
),

ranked as (
    select
        dimension,
        segment,
        activity_date,
        bucket,
        sum(session_count) over (
            partition by dimension, segment, activity_date
            order by bucket
        ) as sessions_up_to,
        sum(session_count) over (partition by dimension, segment, activity_date) as session_count
    from daily
    where session_count > 0
)

select
    dimension,
    segment,
    activity_date,
    cast(max(session_count) as bigint) as session_count,
    cast({{ bucket_middle('min(bucket) filter (where 2 * sessions_up_to >= session_count)') }} as double)
        as median_session_seconds
from ranked
where {{ is_rebuilt('activity_date') }}
group by dimension, segment, activity_date
