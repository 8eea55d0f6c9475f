{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

scores as (select * from {{ ref('int_component_scores_daily') }} where {{ in_rebuild_window('score_date') }}),

-- A missing component leaves its weight first to its pillar, a missing pillar to the others.
pillars as (
    select
        account_id,
        score_date,
        model_version_id,
        pillar,
        pillar_weight,
        sum(cast(weight_in_pillar as decimal(9, 6))) as measured_weight_in_pillar
    from scores
    where component_score is not null
    group by account_id, score_date, model_version_id, pillar, pillar_weight
),

whole as (
    select
        account_id,
        score_date,
        model_version_id,
        sum(cast(pillar_weight as decimal(9, 6))) as measured_pillar_weight
    from pillars
    group by account_id, score_date, model_version_id
),

weighted as (
    select
        scores.*,
        case
            when scores.component_score is not null
                then
                    scores.weight_in_pillar / cast(pillars.measured_weight_in_pillar as double)
                    * scores.pillar_weight / cast(whole.measured_pillar_weight as double)
        end as effective_weight
    from scores
    left join pillars using (account_id, score_date, model_version_id, pillar)
    left join whole using (account_id, score_date, model_version_id)
)

select
    account_id,
    score_date,
    model_version_id,
    model_role,
    pillar,
    component,
    status,
    metric_value,
    scored_value,
    numerator,
    denominator,
    sample_size,
    component_score,
    neutral_score,
    nominal_weight,
    coalesce(effective_weight, 0) as effective_weight,
    cast(coalesce(cast(effective_weight * component_score as decimal(18, 12)), 0) as double) as points,
    cast(coalesce(cast(effective_weight * (100 - component_score) as decimal(18, 12)), 0) as double) as points_lost,
    evidence,
    is_available,
    is_imputed,
    measured_on
from weighted
