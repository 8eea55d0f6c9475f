with

cells as (select * from {{ ref('int_cohort_cells') }}),

activity as (select * from {{ ref('int_cohort_activity') }}),

-- bounded: active in the interval. rolling: in it and in all before. unbounded: in it or in one of those that follow,
-- as far as cohort_reach goes, so that a published value never changes. bracket: in any of a range.
counted as (
    select
        cells.entity,
        cells.cohort_start,
        cells.kind,
        cells.interval_number,
        count(distinct activity.entity_id) as retained
    from cells
    inner join activity
        on
            cells.entity = activity.entity
            and cells.cohort_start = activity.cohort_start
            and cells.interval_number <= activity.interval_number
            and cells.last_interval >= activity.interval_number
    where
        cells.is_mature
        and (cells.kind != 'rolling' or activity.is_unbroken)
    group by cells.entity, cells.cohort_start, cells.kind, cells.interval_number
)

-- A cell that is not over is empty, never zero.
select
    cells.entity,
    cells.cohort_period,
    cells.cohort_start,
    cells.kind,
    cells.interval_number,
    cells.last_interval,
    cells.cohort_size,
    case when cells.is_mature then coalesce(counted.retained, 0) end as retained,
    case when cells.is_mature then cast(coalesce(counted.retained, 0) as double) / cells.cohort_size end
        as retention_rate,
    cells.is_mature,
    cells.matures_on
from cells
left join counted using (entity, cohort_start, kind, interval_number)
