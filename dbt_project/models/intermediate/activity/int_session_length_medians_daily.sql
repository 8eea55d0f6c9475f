{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

dates as (select * from {{ ref('int_days_spined') }} where {{ in_rebuild_window('date_day') }}),

-- The block or two of 16 buckets that hold the median are found first, so that only their buckets are summed one by
-- one.
buckets as (
    select
        *,
        floor(bucket / 16.0) as block
    from {{ ref('int_session_length_buckets_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

-- A session enters the window on its day and leaves it 28 days later.
changes as (
    {% for days, sign in [(0, ''), (28, '-')] %}
        select
            dimension,
            segment,
            block,
            activity_date + {{ days }} as change_date,
            {{ sign }}sum(session_count) as session_change
        from buckets
        group by dimension, segment, block, activity_date
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

standing as (
    select
        dimension,
        segment,
        block,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over block_history as end_date,
        sum(sum(session_change)) over block_history as session_count
    from changes
    group by dimension, segment, block, change_date
    window block_history as (
        partition by dimension, segment, block
        order by change_date
    )
),

ranked_blocks as (
    select
        standing.*,
        dates.date_day,
        sum(standing.session_count) over (
            partition by standing.dimension, standing.segment, dates.date_day
            order by standing.block
        ) as sessions_up_to,
        sum(standing.session_count) over (
            partition by standing.dimension, standing.segment, dates.date_day
        ) as sessions_in_all
    from standing
    inner join dates on standing.first_date <= dates.date_day and standing.end_date > dates.date_day
    where standing.session_count > 0
),

ranked as (
    select
        blocks.dimension,
        blocks.segment,
        blocks.date_day,
        blocks.sessions_in_all,
        buckets.bucket,
        blocks.sessions_up_to - blocks.session_count + sum(sum(buckets.session_count)) over (
            partition by blocks.dimension, blocks.segment, blocks.date_day, blocks.block
            order by buckets.bucket
        ) as sessions_up_to
    from ranked_blocks as blocks
    inner join buckets
        on
            blocks.dimension = buckets.dimension
            and blocks.segment = buckets.segment
            and blocks.block = buckets.block
            and buckets.activity_date between blocks.date_day - 27 and blocks.date_day
    where
        2 * blocks.sessions_up_to >= blocks.sessions_in_all
        -- Of an odd number the value after the middle one is asked for too, though it counts nothing.
        and 2 * (blocks.sessions_up_to - blocks.session_count) <= blocks.sessions_in_all + 1
    group by
        blocks.dimension, blocks.segment, blocks.date_day, blocks.block, buckets.bucket,
        blocks.session_count, blocks.sessions_up_to, blocks.sessions_in_all
)

select
    dimension,
    segment,
    date_day as activity_date,
    cast(max(sessions_in_all) as bigint) as session_count,
    {{ bucket_percentile('0.5', 'sessions_up_to', 'sessions_in_all') }} as median_session_seconds
from ranked
group by dimension, segment, date_day
