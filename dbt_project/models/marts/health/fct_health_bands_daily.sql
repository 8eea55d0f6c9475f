{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

scores as (
    select * from {{ ref('fct_health_scores_daily') }}
    where {{ is_rebuilt('score_date', look_back=7) }}
),

bands as (select * from {{ ref('score_bands') }}),

-- The state on the eve of the first day that is built.
opening as (
    {%- if is_incremental() %}
        select
            account_id,
            max_by(band_order, score_date) as band_order
        from {{ this }}
        where is_settled and band_order is not null and score_date < {{ rebuild_from() }}
        group by account_id
    {%- else %}
        select
            cast(null as varchar) as account_id,
            cast(null as integer) as band_order
        where false
    {%- endif %}
),

-- A score has to pass a boundary by its half width to count as past it, unless it leapt or was capped;
-- one of low confidence moves nobody.
signalled as (
    select
        scores.account_id,
        scores.score_date,
        scores.health_score,
        bands.band_order as boundary,
        cast(scores.health_score >= bands.lower_bound as integer) as plain_side,
        case
            when scores.override_rule is not null or scores.confidence >= {{ var('minimum_confidence') }}
                then cast(scores.health_score >= bands.lower_bound as integer)
        end as trusted_side,
        case
            when scores.override_rule is not null then cast(scores.health_score >= bands.lower_bound as integer)
            when scores.health_score is null or scores.confidence < {{ var('minimum_confidence') }} then null
            when abs(scores.health_score - earlier.health_score) >= {{ var('band_leap_points') }}
                then cast(scores.health_score >= bands.lower_bound as integer)
            when scores.health_score >= bands.lower_bound + bands.half_width then 1
            when scores.health_score < bands.lower_bound - bands.half_width then 0
        end as side
    from scores
    inner join bands
        on
            scores.model_version_id = bands.model_version_id
            and bands.band_order > 1
    left join scores as earlier
        on
            scores.account_id = earlier.account_id
            and scores.score_date = earlier.score_date + 7
    where {{ is_rebuilt('scores.score_date') }}
),

-- scoring.md 3.8: the last signal stands; before the first one, the plain cut of the first score that can be trusted.
states as (
    select
        signalled.account_id,
        signalled.score_date,
        signalled.health_score,
        coalesce(
            last_value(signalled.side ignore nulls) over history,
            cast(opening.band_order >= signalled.boundary as integer),
            first_value(signalled.trusted_side ignore nulls) over history
        ) as side,
        signalled.plain_side
    from signalled
    left join opening using (account_id)
    window history as (
        partition by signalled.account_id, signalled.boundary
        order by signalled.score_date
        rows between unbounded preceding and current row
    )
)

-- As long as no score could be trusted, the band is only where the score of the day lies.
select
    account_id,
    score_date,
    cast(case when max(health_score) is not null then 1 + sum(coalesce(side, plain_side)) end as integer) as band_order,
    bool_and(side is not null) as is_settled
from states
group by account_id, score_date
