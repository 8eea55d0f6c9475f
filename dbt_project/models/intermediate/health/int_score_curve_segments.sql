with

written as (select * from {{ ref('score_curve_points') }}),

judged_by_peers as (
    select distinct component
    from {{ ref('score_components') }}
    where curve = 'reference'
),

reference_values as (
    select reference_values.*
    from {{ ref('int_score_references_dated') }} as reference_values
    inner join judged_by_peers using (component)
    where reference_values.p50 is not null
),

-- Where there is no threshold in the business, the frozen percentiles of the peers are the points.
points as (
    select
        curve,
        x,
        score
    from written
    {%- for percentile in ['p10', 'p25', 'p50', 'p75', 'p90'] %}
        union all
        select
            {{ curve_of_peers('component', 'segment', 'valid_from') }} as curve,
            {{ percentile }} as x,
            {{ var('reference_curve')[percentile] }} as score
        from reference_values
    {%- endfor %}
),

neighbours as (
    select
        curve,
        x,
        score,
        lead(x) over curve_points as next_x,
        lead(score) over curve_points as next_score,
        row_number() over curve_points as point_number
    from points
    window curve_points as (partition by curve order by x asc, score asc)
)

-- Between two points a straight line, from the last point on the last score. Of points on one value (peers who are all
-- alike) the highest counts.
select
    curve,
    x as reaches_from,
    coalesce(next_x, cast('infinity' as double)) as reaches_to,
    x as x_from,
    cast(score as double) as score_from,
    cast(coalesce((next_score - score) / nullif(next_x - x, 0), 0) as double) as slope
from neighbours
where next_x is null or next_x > x

union all

-- Below the first point the first score.
select
    curve,
    cast('-infinity' as double) as reaches_from,
    x as reaches_to,
    x as x_from,
    cast(score as double) as score_from,
    cast(0 as double) as slope
from neighbours
where point_number = 1
