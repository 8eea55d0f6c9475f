with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

labels as (select * from {{ ref('score_components') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

today as (
    select
        components.component,
        components.pillar,
        components.status,
        components.is_available,
        components.metric_value,
        components.component_score,
        components.nominal_weight,
        components.points_lost,
        labels.label,
        labels.unit
    from components
    inner join health using (account_id, score_date)
    inner join parameters on components.score_date = parameters.as_of_date
    inner join labels
        on
            components.model_version_id = labels.model_version_id
            and components.component = labels.component
    where health.health_score is not null
)

-- Over scored accounts, mean points lost add up over the components to 100 less the mean score.
select
    component,
    pillar,
    label,
    unit,
    max(nominal_weight) as nominal_weight,
    count(*) as account_count,
    count(*) filter (where is_available) as measured_account_count,
    round(avg(cast(component_score as decimal(18, 9))), 2) as mean_component_score,
    avg(cast(points_lost as decimal(18, 12))) as mean_points_lost,
    {{ percentile('metric_value', 0.5) }} as median_metric_value,
    mode(status) filter (where not is_available) as usual_obstacle
from today
group by component, pillar, label, unit
