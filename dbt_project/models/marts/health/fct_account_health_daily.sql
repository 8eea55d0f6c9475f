{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

scores as (select * from {{ ref('int_health_scores_daily') }} where {{ in_rebuild_window('score_date') }}),

band_days as (select * from {{ ref('int_health_bands_daily') }} where {{ in_rebuild_window('score_date') }}),

bands as (select * from {{ ref('score_bands') }}),

-- The first day that is scored by what is usual among the company's own customers.
first_references as (
    select min(valid_from) as valid_from
    from {{ ref('int_score_references_dated') }}
    where is_drawn
)

select
    scores.account_id,
    scores.score_date,
    scores.model_version_id,
    scores.lifecycle_stage,
    scores.scoring_stage,
    scores.status,
    bands.band,
    scores.override_rule,
    case
        when scores.confidence >= 0.75 then 'high'
        when scores.confidence >= {{ var('minimum_confidence') }} then 'medium'
        else 'low'
    end as confidence_level,
    scores.base_score,
    scores.override_effect,
    scores.health_score,
    scores.neutral_score,
    scores.confidence,
    scores.coverage,
    coalesce(scores.score_date < first_references.valid_from, true) as is_provisional,
    scores.scorable_on,
    scores.components_date
from scores
inner join band_days using (account_id, score_date)
cross join first_references
left join bands
    on
        scores.model_version_id = bands.model_version_id
        and band_days.band_order = bands.band_order
