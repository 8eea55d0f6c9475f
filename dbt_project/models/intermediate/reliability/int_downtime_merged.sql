with

intervals as (
    select * from {{ ref('int_component_downtime_intervals') }}
    where downtime_weight > 0
),

ordered as (
    select
        *,
        max(ended_at) over (
            order by started_at, component_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from intervals
)

-- What an earlier interval of any component covers is cut off, so the intervals do not overlap.
select
    greatest(started_at, coalesce(covered_until, started_at)) as started_at,
    max(ended_at) as ended_at
from ordered
where covered_until is null or ended_at > covered_until
group by greatest(started_at, coalesce(covered_until, started_at))
