with

weekly as (select * from {{ ref('int_metric_points') }}),

probabilities as (select * from {{ ref('int_mann_kendall') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

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

{{ noise_of_changes('points') }},

-- How many steps from point to point a window is wide.
spans as (
    select
        points.metric,
        points.dimension,
        points.segment,
        count(*) as point_count,
        max(points.point_number) - min(points.point_number) as step_count,
        min(points.metric_date) as first_date,
        max(points.metric_date) as last_date,
        max(catalogue.window_days) * cast(max(points.point_number) - min(points.point_number) as double)
        / nullif({{ days_between('min(points.metric_date)', 'max(points.metric_date)') }}, 0) as overlap
    from points
    left join catalogue on points.metric = catalogue.metric
    group by points.metric, points.dimension, points.segment
),

-- Windows that share days rise and fall together: of 28 days, a third of all series that never change had a trend by
-- the table, which is for points that share nothing.
scored as (
    select
        spans.*,
        slopes.score,
        slopes.slope,
        noise.noise_floor,
        probabilities.p_value as table_p_value,
        case
            when spans.overlap > 1.1
                then {{ standard_score_of_overlapping('slopes.score', 'spans.point_count', 'spans.overlap') }}
        end as standard_score
    from spans
    left join slopes using (metric, dimension, segment)
    left join noise using (metric, dimension, segment)
    left join probabilities
        on
            spans.point_count = probabilities.point_count
            and abs(slopes.score) = probabilities.score
),

tested as (
    select
        *,
        case when standard_score is null then table_p_value else {{ two_sided_p('standard_score') }} end as p_value
    from scored
)

select
    metric,
    dimension,
    segment,
    case
        when point_count < {{ var('trend_minimum_points') }} then 'not_assessable'
        when p_value < 0.1 and abs(slope) * step_count > noise_floor
            then case when slope > 0 then 'up' else 'down' end
        else 'steady'
    end as trend,
    point_count,
    cast(score as bigint) as score,
    slope,
    slope * step_count as fitted_change,
    noise_floor,
    p_value,
    first_date,
    last_date
from tested
