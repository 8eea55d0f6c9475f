{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

scores as (select * from {{ ref('int_health_scores_daily') }} where {{ in_rebuild_window('score_date', look_back=7) }}),

bands as (select * from {{ ref('score_bands') }}),

-- The state on the eve of the first day that is built.
opening as (
    {%- if is_incremental() %}
        select
            account_id,
            scale_since,
            max(model_version_id) as model_version_id,
            max_by(band_order, score_date) filter (where is_band_settled and band_order is not null) as band_order
        from {{ this }}
        where score_date < {{ rebuild_from() }}
        group by account_id, scale_since
        qualify scale_since = max(scale_since) over (partition by account_id)
    {%- else %}
        select
            cast(null as string) as account_id,
            cast(null as date) as scale_since,
            cast(null as string) as model_version_id,
            cast(null as integer) as band_order
        where false
    {%- endif %}
),

{{ banded_days('scores', opening='opening', bands='bands') }}

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
    scores.is_provisional,
    scores.scorable_on,
    scores.components_date,
    banded.scale_since,
    banded.band_order,
    banded.is_band_settled
from scores
inner join banded using (account_id, score_date)
left join bands
    on
        scores.model_version_id = bands.model_version_id
        and banded.band_order = bands.band_order
