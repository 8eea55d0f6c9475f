with

catalogue as (select * from {{ ref('dim_metrics') }}),

changes as (select * from {{ ref('fct_metric_changes') }}),

trends as (select * from {{ ref('fct_metric_trends') }}),

anomalies as (select * from {{ ref('fct_metric_anomalies') }} where dimension = 'all'),

metrics as (select * from {{ ref('fct_metrics_daily') }} where dimension = 'all' and status = 'ok'),

points as (select * from {{ ref('fct_metric_points') }} where dimension = 'all'),

first_points as (
    select
        metric,
        min(metric_date) as first_date
    from points
    group by metric
),

-- Where a curve bends it lies furthest from the straight line between the usual value eight points ago and the value
-- now: what is unusual began on the day after. A window of 28 days goes on rising, but it began to do so on one day.
bends as (
    select
        metrics.metric,
        lead(metrics.metric_date) over (partition by metrics.metric order by metrics.metric_date) as unusual_since,
        (
            anomalies.usual_value
            + (anomalies.metric_value - anomalies.usual_value)
            * {{ days_between('first_points.first_date', 'metrics.metric_date') }}
            / nullif({{ days_between('first_points.first_date', 'anomalies.metric_date') }}, 0)
            - metrics.metric_value
        ) * sign(anomalies.metric_value - anomalies.usual_value) as distance_from_line
    from metrics
    inner join anomalies on metrics.metric = anomalies.metric and metrics.metric_date <= anomalies.metric_date
    inner join first_points on metrics.metric = first_points.metric and metrics.metric_date >= first_points.first_date
    where anomalies.is_unusual
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
),

-- What began within three days of one another is told together.
grouped as (
    select
        metric,
        unusual_since,
        max(case when days_after_another <= 3 then null else unusual_since end)
            over (order by unusual_since, metric) as unusual_group_since
    from onsets
),

compared as (
    select
        metric,
        max(metric_date) as metric_date,
        max(metric_value) as metric_value,
        {%- for comparison in ['previous_window', 'last_year', 'baseline'] %}
            max(case when comparison = '{{ comparison }}' then status end) as {{ comparison }}_status,
            max(case when comparison = '{{ comparison }}' then compared_value end) as {{ comparison }}_value,
            max(case when comparison = '{{ comparison }}' then absolute_change end) as {{ comparison }}_change,
            max(case when comparison = '{{ comparison }}' then relative_change end) as {{ comparison }}_relative_change
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from changes
    where
        dimension = 'all'
        and periods_back = 0
    group by metric
)

select
    catalogue.metric,
    catalogue.label,
    catalogue.unit,
    catalogue.direction,
    coalesce(compared.previous_window_status, 'source_unavailable') as previous_window_status,
    coalesce(compared.last_year_status, 'source_unavailable') as last_year_status,
    coalesce(compared.baseline_status, 'source_unavailable') as baseline_status,
    coalesce(trends.trend, 'not_assessable') as trend,
    compared.metric_value,
    compared.previous_window_value,
    compared.previous_window_change,
    compared.previous_window_relative_change,
    compared.last_year_value,
    compared.last_year_change,
    compared.last_year_relative_change,
    compared.baseline_value,
    compared.baseline_change,
    compared.baseline_relative_change,
    trends.slope,
    trends.p_value,
    anomalies.usual_value,
    anomalies.robust_z,
    coalesce(anomalies.is_unusual, false) as is_unusual,
    grouped.unusual_since,
    grouped.unusual_group_since,
    compared.metric_date
from catalogue
left join compared on catalogue.metric = compared.metric
left join trends
    on
        catalogue.metric = trends.metric
        and trends.dimension = 'all'
left join anomalies on catalogue.metric = anomalies.metric
left join grouped on catalogue.metric = grouped.metric
