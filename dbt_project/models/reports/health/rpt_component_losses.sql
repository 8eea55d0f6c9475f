with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

labels as (select * from {{ ref('score_components') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

scored as (
    select health.*
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    where health.health_score is not null
),

totals as (
    select
        count(*) as scored_count,
        count(override_rule) as capped_count,
        coalesce(sum(cast(override_effect as decimal(18, 12))), 0) as override_effect
    from scored
),

today as (
    select
        components.*,
        labels.label,
        labels.unit
    from components
    inner join scored
        on
            components.account_id = scored.account_id
            and components.score_date = scored.components_date
    inner join labels
        on
            components.model_version_id = labels.model_version_id
            and components.component = labels.component
)

-- Not every model has every component, so all means are over all scored accounts: they sum to 100 less the mean score.
select
    today.component,
    today.pillar,
    min(today.label) as label,
    min(today.unit) as unit,
    cast(sum(cast(today.nominal_weight as decimal(18, 12))) as double) / max(totals.scored_count) as nominal_weight,
    max(totals.scored_count) as scored_count,
    count(*) as account_count,
    count(*) filter (where today.is_available) as measured_account_count,
    round(
        cast(avg(cast(today.component_score as decimal(18, 9))) filter (where today.is_available) as double), 2
    ) as mean_component_score,
    cast(sum(cast(today.points_lost as decimal(18, 12))) as double) / max(totals.scored_count) as mean_points_lost,
    {{ percentile('today.metric_value', 0.5) }} as median_metric_value,
    mode(today.status) filter (where not today.is_available) as usual_unavailable_reason
from today
cross join totals
group by today.component, today.pillar

union all

select
    'cap' as component,
    'cap' as pillar,
    'held down by a rule' as label,
    'points' as unit,
    null as nominal_weight,
    scored_count,
    scored_count as account_count,
    capped_count as measured_account_count,
    null as mean_component_score,
    cast(-override_effect as double) / scored_count as mean_points_lost,
    null as median_metric_value,
    null as usual_unavailable_reason
from totals
where scored_count > 0
