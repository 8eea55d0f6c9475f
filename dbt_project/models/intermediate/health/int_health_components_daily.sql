{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

scores as (select * from {{ ref('int_component_scores_daily') }} where {{ in_rebuild_window('score_date') }}),

components as (
    select distinct
        model_version_id,
        component,
        component_bit,
        pillar,
        weight_in_pillar,
        pillar_weight
    from {{ ref('dim_score_components') }}
),

availability as (
    select
        account_id,
        score_date,
        model_version_id,
        cast(sum(case when component_score is not null then component_bit else 0 end) as bigint) as availability_mask
    from scores
    group by account_id, score_date, model_version_id
),

-- The same few components are missing for most accounts, so weights are worked out once per mask.
masks as (
    select distinct
        model_version_id,
        availability_mask
    from availability
),

measured as (
    select
        masks.availability_mask,
        components.*,
        sum(cast(components.weight_in_pillar as decimal(9, 6))) over pillars as measured_weight_in_pillar,
        row_number() over (pillars order by components.component) = 1 as is_first_of_pillar
    from masks
    inner join components
        on
            masks.model_version_id = components.model_version_id
            and masks.availability_mask & components.component_bit > 0
    window pillars as (partition by masks.model_version_id, masks.availability_mask, components.pillar)
),

-- A missing component leaves its weight first to its pillar, a missing pillar to the others.
weights as (
    select
        model_version_id,
        availability_mask,
        component,
        weight_in_pillar / cast(measured_weight_in_pillar as double)
        * pillar_weight / cast(sum(case when is_first_of_pillar then cast(pillar_weight as decimal(9, 6)) end) over (
            partition by model_version_id, availability_mask
        ) as double) as effective_weight
    from measured
)

select
    scores.account_id,
    scores.score_date,
    scores.model_version_id,
    scores.model_role,
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
inner join availability using (account_id, score_date, model_version_id)
left join weights
    on
        scores.model_version_id = weights.model_version_id
        and scores.component = weights.component
        and availability.availability_mask = weights.availability_mask
