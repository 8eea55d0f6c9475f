with

parameters as (select * from {{ ref('stg_run__parameters') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

shadow_scores as (
    select * from {{ ref('int_other_model_scores_daily') }}
    where model_role = 'shadow' and base_score is not null
),

bands as (select * from {{ ref('score_bands') }}),

caps as (
    {{ lowest_caps() }}
),

-- A cap holds for every version, also where it does not touch the live score.
compared as (
    select
        shadow_scores.account_id,
        shadow_scores.model_version_id as shadow_version_id,
        health.model_version_id,
        health.score_date,
        health.health_score,
        least(shadow_scores.base_score, coalesce(caps.cap, 100)) as shadow_score
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join shadow_scores
        on
            health.account_id = shadow_scores.account_id
            and health.components_date = shadow_scores.score_date
    left join caps
        on
            health.account_id = caps.account_id
            and health.score_date = caps.score_date
    where health.health_score is not null
)

-- Bands by the plain cut on both sides: a draft has no history of its own.
select
    compared.account_id,
    compared.shadow_version_id,
    compared.model_version_id,
    compared.score_date,
    max_by(live_bands.band, live_bands.lower_bound) as band,
    max_by(shadow_bands.band, shadow_bands.lower_bound) as shadow_band,
    compared.health_score,
    compared.shadow_score
from compared
left join bands as live_bands
    on
        compared.model_version_id = live_bands.model_version_id
        and compared.health_score >= live_bands.lower_bound
left join bands as shadow_bands
    on
        compared.shadow_version_id = shadow_bands.model_version_id
        and compared.shadow_score >= shadow_bands.lower_bound
group by all
