with

parameters as (select * from {{ ref('stg_run__parameters') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

bands as (select * from {{ ref('score_bands') }}),

factors as (
    select 0.8 as weight_factor
    union all
    select 1.2 as weight_factor
),

caps as (
    {{ lowest_caps() }}
),

-- One weight is moved by a fifth, then all are divided by their new sum.
moved as (
    select
        health.account_id,
        health.score_date,
        health.model_version_id,
        components.component,
        factors.weight_factor,
        health.base_score,
        least(
            (health.base_score + (factors.weight_factor - 1) * components.points)
            / (1 + (factors.weight_factor - 1) * components.effective_weight),
            coalesce(caps.cap, 100)
        ) as moved_score,
        health.health_score
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    left join caps
        on
            health.account_id = caps.account_id
            and health.score_date = caps.score_date
    cross join factors
    where health.health_score is not null and components.effective_weight > 0
)

-- Bands by the plain cut on both sides, so that what differs is the weight and not the history.
select
    moved.account_id,
    moved.component,
    cast(moved.weight_factor as double) as weight_factor,
    moved.score_date,
    max_by(bands.band, bands.lower_bound) filter (where bands.lower_bound <= moved.health_score) as band,
    max_by(bands.band, bands.lower_bound) filter (where bands.lower_bound <= moved.moved_score) as moved_band,
    moved.health_score,
    cast(moved.moved_score as double) as moved_score
from moved
inner join bands using (model_version_id)
group by all
