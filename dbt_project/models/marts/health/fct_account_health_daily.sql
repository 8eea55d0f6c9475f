{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

account_days as (select * from {{ ref('fct_scored_account_days') }} where {{ is_rebuilt('score_date') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }} where {{ is_rebuilt('score_date') }}),

bands as (select * from {{ ref('score_bands') }}),

-- Sums of decimals do not depend on the order of adding, so the same rows give the same bits.
summed as (
    select
        account_id,
        score_date,
        cast(sum(cast(points as decimal(18, 12))) as double) as base_score,
        cast(sum(cast(nominal_weight * evidence as decimal(18, 12))) as double) as confidence,
        cast(sum(case when is_available then cast(nominal_weight as decimal(18, 12)) else 0 end) as double) as coverage,
        count(*) filter (where is_available) as available_component_count
    from components
    group by account_id, score_date
),

judged as (
    select
        account_days.account_id,
        account_days.score_date,
        account_days.model_version_id,
        account_days.lifecycle_stage,
        summed.base_score,
        summed.confidence,
        summed.coverage,
        case
            when account_days.tenure_days < {{ var('minimum_tenure_days') }} then 'too_new'
            when summed.available_component_count = 0 then 'not_measured'
            when summed.confidence < {{ var('minimum_confidence') }} then 'low_confidence'
            else 'ok'
        end as status
    from account_days
    inner join summed using (account_id, score_date)
),

published as (
    select
        *,
        case when status in ('ok', 'low_confidence') then base_score end as health_score
    from judged
)

select
    published.account_id,
    published.score_date,
    published.model_version_id,
    published.lifecycle_stage,
    published.status,
    max_by(bands.band, bands.lower_bound) as band,
    published.base_score,
    published.health_score,
    published.confidence,
    published.coverage
from published
left join bands
    on
        published.model_version_id = bands.model_version_id
        and published.health_score >= bands.lower_bound
group by all
