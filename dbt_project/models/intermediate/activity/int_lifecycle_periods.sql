{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='period_end') }}

with

-- The periods that are rebuilt and those before them; of the rest of the history only when somebody was last active.
active_periods as (
    select
        entity,
        period,
        dimension,
        segment,
        entity_id,
        period_start
    from {{ ref('int_active_periods') }}
    where {{ in_rebuild_window('period_end', look_back=31) }}
    union all
    select
        entity,
        period,
        dimension,
        segment,
        entity_id,
        max(period_start) as period_start
    from {{ ref('int_active_periods') }}
    where not ({{ in_rebuild_window('period_end', look_back=31) }})
    group by entity, period, dimension, segment, entity_id
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Millions of rows are sorted by one number instead of four names.
series as (
    select
        entity,
        period,
        dimension,
        segment,
        row_number() over (order by entity, period, dimension, segment) as series_number
    from active_periods
    group by entity, period, dimension, segment
),

-- First-ever looks at the whole history of the entity in its segment, not at a window.
neighbours as (
    select
        series.series_number,
        active_periods.period,
        active_periods.period_start,
        lag(active_periods.period_start) over (
            partition by series.series_number, active_periods.entity_id
            order by active_periods.period_start
        ) as previous_start
    from active_periods
    inner join series using (entity, period, dimension, segment)
),

counted as (
    select
        series_number,
        period_start,
        {{ next_period('period', 'period_start') }} as following_start,
        count(*) as active_count,
        count(*) filter (where previous_start is null) as new_count,
        count(*) filter (where {{ next_period('period', 'previous_start') }} = period_start) as returning_count
    from neighbours
    where {{ in_rebuild_window(next_period('period', 'period_start') ~ ' - 1', look_back=31) }}
    group by series_number, period, period_start
),

-- Whoever was active and does not return in the period that follows is dormant in it.
states as (
    select
        series_number,
        period_start,
        new_count,
        returning_count,
        active_count,
        -returning_count as dormant_change
    from counted
    union all
    select
        series_number,
        following_start,
        0,
        0,
        0,
        active_count
    from counted
)

-- A period that is still running has no states yet.
select
    series.entity,
    series.period,
    series.dimension,
    series.segment,
    states.period_start,
    {{ next_period('series.period', 'states.period_start') }} - 1 as period_end,
    cast(sum(states.new_count) as bigint) as new_count,
    cast(sum(states.returning_count) as bigint) as returning_count,
    cast(sum(states.active_count - states.new_count - states.returning_count) as bigint) as resurrected_count,
    cast(sum(states.dormant_change) as bigint) as dormant_count,
    cast(sum(states.active_count) as bigint) as active_count
from states
inner join series using (series_number)
cross join parameters
where
    {{ next_period('series.period', 'states.period_start') }} <= parameters.as_of_date + 1
    and {{ in_rebuild_window(next_period('series.period', 'states.period_start') ~ ' - 1') }}
group by
    series.entity,
    series.period,
    series.dimension,
    series.segment,
    states.period_start
