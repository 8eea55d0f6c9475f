with

points as (select * from {{ ref('int_metric_points') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

-- Of a daily metric the points are the same weekday of the eight weeks before; the day itself is not among them.
usual as (
    select
        metric,
        dimension,
        segment,
        count(*) as point_count,
        {{ percentile('metric_value', 0.5) }} as usual_value
    from points
    where periods_back > 0
    group by metric, dimension, segment
),

spread as (
    select
        points.metric,
        points.dimension,
        points.segment,
        {{ percentile('abs(points.metric_value - usual.usual_value)', 0.5) }} as absolute_deviation
    from points
    inner join usual using (metric, dimension, segment)
    where points.periods_back > 0
    group by points.metric, points.dimension, points.segment
),

measured as (
    select
        points.metric,
        points.dimension,
        points.segment,
        points.metric_date,
        points.metric_value,
        usual.usual_value,
        usual.point_count,
        1.4826 * spread.absolute_deviation as deviation,
        {{ counting_noise('usual.usual_value') }} as counting_noise
    from points
    inner join usual using (metric, dimension, segment)
    inner join spread using (metric, dimension, segment)
    inner join catalogue on points.metric = catalogue.metric
    where points.periods_back = 0
),

-- 1.4826 makes the deviation of normal values a standard deviation. Below the floors nothing is unusual: eight equal
-- weeks would make a difference of one infinite, and of few things a share jumps by chance. Where eight weeks were
-- zero the noise of counting is the only floor.
spreads as (
    select
        *,
        greatest(deviation, {{ var('anomaly_floor_share') }} * abs(usual_value), counting_noise) as usual_spread
    from measured
),

scored as (
    select
        *,
        case
            when point_count >= {{ var('trend_minimum_points') }}
                then (metric_value - usual_value) / nullif(usual_spread, 0)
        end as robust_z
    from spreads
)

select
    metric,
    dimension,
    segment,
    metric_date,
    point_count,
    metric_value,
    usual_value,
    usual_spread,
    robust_z,
    coalesce(abs(robust_z) > {{ var('anomaly_threshold') }}, false) as is_unusual
from scored
