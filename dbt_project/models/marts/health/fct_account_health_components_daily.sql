{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

scores as (select * from {{ ref('fct_health_component_scores_daily') }} where {{ is_rebuilt('score_date') }}),

measured_sets as (select * from {{ ref('fct_health_measured_sets_daily') }} where {{ is_rebuilt('score_date') }}),

weights as (select * from {{ ref('fct_health_weights') }}),

components as (select * from {{ ref('score_components') }}),

pillars as (select * from {{ ref('score_pillars') }}),

nominal as (
    select
        components.model_version_id,
        components.component,
        components.pillar,
        cast(components.weight * pillars.weight as double) as nominal_weight
    from components
    inner join pillars
        on
            components.model_version_id = pillars.model_version_id
            and components.pillar = pillars.pillar
)

select
    scores.account_id,
    scores.score_date,
    scores.model_version_id,
    nominal.pillar,
    scores.component,
    scores.status,
    scores.metric_value,
    scores.scored_value,
    scores.numerator,
    scores.denominator,
    scores.sample_size,
    scores.component_score,
    nominal.nominal_weight,
    coalesce(weights.effective_weight, 0) as effective_weight,
    cast(coalesce(cast(weights.effective_weight * scores.component_score as decimal(18, 12)), 0) as double) as points,
    cast(
        coalesce(cast(weights.effective_weight * (100 - scores.component_score) as decimal(18, 12)), 0) as double
    ) as points_lost,
    cast(scores.evidence as double) as evidence,
    scores.is_available,
    scores.measured_on
from scores
inner join measured_sets using (account_id, score_date, model_version_id)
inner join nominal using (model_version_id, component)
left join weights
    on
        scores.model_version_id = weights.model_version_id
        and scores.component = weights.component
        and measured_sets.measured_set = weights.measured_set
