with

points as (select * from {{ ref('score_curve_points') }}),

neighbours as (
    select
        curve,
        x,
        score,
        lead(x) over curve_points as next_x,
        lead(score) over curve_points as next_score,
        row_number() over curve_points as point_number
    from points
    window curve_points as (partition by curve order by x)
)

-- Between two points a straight line, from the last point on the last score.
select
    curve,
    x as reaches_from,
    coalesce(next_x, cast('infinity' as double)) as reaches_to,
    x as x_from,
    score as score_from,
    coalesce((next_score - score) / nullif(next_x - x, 0), 0) as slope
from neighbours

union all

-- Below the first point the first score.
select
    curve,
    cast('-infinity' as double) as reaches_from,
    x as reaches_to,
    x as x_from,
    score as score_from,
    0 as slope
from neighbours
where point_number = 1
