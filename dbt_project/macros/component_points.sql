{#- What each component brings to the score of a model, for the parts that a model plays: live, outgoing,
    previous or shadow. -#}
{% macro component_points(parts) -%}
with

scores as (
    select * from {{ ref('int_component_scores_daily') }}
    where {{ in_rebuild_window('score_date') }} and part in ('{{ parts | join("', '") }}')
),

measured_sets as (select * from {{ ref('int_component_availability_daily') }} where {{ in_rebuild_window('score_date') }}),

weights as (select * from {{ ref('int_health_weights') }})

select
    scores.account_id,
    scores.score_date,
    scores.model_version_id,
    scores.part,
    scores.pillar,
    scores.component,
    scores.status,
    scores.metric_value,
    scores.scored_value,
    scores.numerator,
    scores.denominator,
    scores.sample_size,
    scores.component_score,
    scores.neutral_score,
    scores.nominal_weight,
    coalesce(weights.effective_weight, 0) as effective_weight,
    cast(coalesce(cast(weights.effective_weight * scores.component_score as decimal(18, 12)), 0) as double) as points,
    cast(
        coalesce(cast(weights.effective_weight * (100 - scores.component_score) as decimal(18, 12)), 0) as double
    ) as points_lost,
    scores.evidence,
    scores.is_available,
    scores.is_imputed,
    scores.measured_on
from scores
inner join measured_sets using (account_id, score_date, model_version_id)
left join weights
    on
        scores.model_version_id = weights.model_version_id
        and scores.component = weights.component
        and measured_sets.measured_set = weights.measured_set
{%- endmacro %}
