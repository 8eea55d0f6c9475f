with

weekly as (select * from {{ ref('int_metric_points') }}),

probabilities as (select * from {{ ref('int_mann_kendall') }}),

points as (
    select
        *,
        8 - periods_back as point_number
    from weekly
    where periods_back < 8
),

-- What differs in the last digits of a double only is the same: as a rise or a fall it would be one by chance.
-- Theil and Sen: the median of the slopes between any two points does not follow a single odd week.
slopes as (
    select
        points.metric,
        points.dimension,
        points.segment,
        sum(
            case
                when
                    abs(later.metric_value - points.metric_value)
                    > 1e-12 * greatest(abs(later.metric_value), abs(points.metric_value))
                    then cast(sign(later.metric_value - points.metric_value) as bigint)
                else 0
            end
        ) as score,
        {{ percentile('(later.metric_value - points.metric_value) / (later.point_number - points.point_number)', 0.5) }}
            as slope
    from points
    inner join points as later using (metric, dimension, segment)
    where points.point_number < later.point_number
    group by points.metric, points.dimension, points.segment
),

changes as (
    select
        points.metric,
        points.dimension,
        points.segment,
        later.metric_value - points.metric_value as weekly_change
    from points
    inner join points as later using (metric, dimension, segment)
    where points.point_number = later.point_number - 1
),

usual_changes as (
    select
        metric,
        dimension,
        segment,
        {{ percentile('weekly_change', 0.5) }} as usual_change
    from changes
    group by metric, dimension, segment
),

noise as (
    select
        changes.metric,
        changes.dimension,
        changes.segment,
        1.5 * {{ percentile('abs(changes.weekly_change - usual_changes.usual_change)', 0.5) }} as noise_floor
    from changes
    inner join usual_changes using (metric, dimension, segment)
    group by changes.metric, changes.dimension, changes.segment
),

spans as (
    select
        metric,
        dimension,
        segment,
        count(*) as point_count,
        max(point_number) - min(point_number) as step_count,
        min(metric_date) as first_date,
        max(metric_date) as last_date
    from points
    group by metric, dimension, segment
)

select
    spans.metric,
    spans.dimension,
    spans.segment,
    case
        when spans.point_count < {{ var('trend_minimum_points') }} then 'not_assessable'
        when probabilities.p_value < 0.1 and abs(slopes.slope) * spans.step_count > noise.noise_floor
            then case when slopes.slope > 0 then 'up' else 'down' end
        else 'steady'
    end as trend,
    spans.point_count,
    cast(slopes.score as bigint) as score,
    slopes.slope,
    slopes.slope * spans.step_count as fitted_change,
    noise.noise_floor,
    probabilities.p_value,
    spans.first_date,
    spans.last_date
from spans
left join slopes using (metric, dimension, segment)
left join noise using (metric, dimension, segment)
left join probabilities
    on
        spans.point_count = probabilities.point_count
        and abs(slopes.score) = probabilities.score
