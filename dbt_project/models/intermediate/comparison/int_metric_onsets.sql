with

anomalies as (select * from {{ ref('fct_metric_anomalies') }} where dimension = 'all' and is_unusual),

metrics as (select * from {{ ref('fct_metrics_daily') }} where dimension = 'all' and status = 'ok'),

points as (select * from {{ ref('int_metric_points') }} where dimension = 'all'),

-- It has been unusual since the last point before that was not: what bent earlier and came back is told no more.
last_usual_points as (
    select
        points.metric,
        coalesce(
            max(
                case
                    when
                        coalesce(
                            (points.metric_value - anomalies.usual_value)
                            * sign(anomalies.metric_value - anomalies.usual_value)
                            <= {{ var('anomaly_threshold') }} * anomalies.usual_spread,
                            false
                        )
                        then points.metric_date
                end
            ),
            min(points.metric_date)
        ) as first_date
    from points
    inner join anomalies on points.metric = anomalies.metric and points.metric_date < anomalies.metric_date
    group by points.metric
),

-- Where a curve bends it lies furthest from the straight line between the usual value at that point and the value
-- now: what is unusual began on the day after. A window of 28 days goes on rising, but it began to do so on one day.
bends as (
    select
        metrics.metric,
        lead(metrics.metric_date) over (partition by metrics.metric order by metrics.metric_date) as unusual_since,
        (
            anomalies.usual_value
            + (anomalies.metric_value - anomalies.usual_value)
            * {{ days_between('last_usual_points.first_date', 'metrics.metric_date') }}
            / nullif({{ days_between('last_usual_points.first_date', 'anomalies.metric_date') }}, 0)
            - metrics.metric_value
        ) * sign(anomalies.metric_value - anomalies.usual_value) as distance_from_line
    from metrics
    inner join anomalies on metrics.metric = anomalies.metric and metrics.metric_date <= anomalies.metric_date
    inner join last_usual_points
        on metrics.metric = last_usual_points.metric and metrics.metric_date >= last_usual_points.first_date
),

furthest as (
    select
        metric,
        unusual_since
    from bends
    where unusual_since is not null
    qualify row_number() over (partition by metric order by distance_from_line desc, unusual_since desc) = 1
),

onsets as (
    select
        metric,
        unusual_since,
        {{ days_between('lag(unusual_since) over (order by unusual_since, metric)', 'unusual_since') }}
            as days_after_another
    from furthest
)

-- What began within three days of one another is told together.
select
    metric,
    unusual_since,
    max(case when days_after_another <= 3 then null else unusual_since end)
        over (order by unusual_since, metric) as unusual_group_since
from onsets
