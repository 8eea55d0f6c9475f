with

exposures as (select * from {{ ref('int_account_outage_impact_28d') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The score without its reliability pillar: with it, errors would be compared with themselves.
scores as (
    select
        components.account_id,
        cast(sum(cast(components.points as decimal(18, 9))) as double)
        / nullif(sum(cast(components.effective_weight as decimal(18, 9))), 0)
            as other_score
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    where components.is_available and components.pillar != 'reliability'
    group by components.account_id
),

ranked as (
    select
        exposures.exposure,
        exposures.exposure_value,
        scores.other_score,
        percent_rank() over (
            partition by exposures.exposure, exposures.exposure_value > 0
            order by exposures.exposure_value
        ) as rank_among_exposed
    from exposures
    inner join scores using (account_id)
    where scores.other_score is not null
),

banded as (
    select
        *,
        case when exposure_value = 0 then 1 when rank_among_exposed < 0.5 then 2 else 3 end as band_order
    from ranked
),

summed as (
    select
        exposure,
        band_order,
        count(*) as account_count,
        min(exposure_value) as lowest_value,
        max(exposure_value) as highest_value,
        cast(sum(cast(other_score as decimal(18, 9))) as double) / count(*) as mean_score,
        cast(sum(cast(other_score * other_score as decimal(18, 9))) as double) / count(*) as mean_square
    from banded
    group by exposure, band_order
)

-- Two standard errors to each side; below five accounts the page shows no mean.
select
    exposure,
    case band_order when 1 then 'none' when 2 then 'less than most' else 'more than most' end as exposure_band,
    band_order,
    account_count,
    cast(lowest_value as double) as lowest_value,
    cast(highest_value as double) as highest_value,
    cast(mean_score as double) as mean_other_score,
    cast(mean_score as double) - 1.96 * sqrt(
        greatest(cast(mean_square as double) - cast(mean_score as double) * cast(mean_score as double), 0)
        / nullif(account_count - 1, 0)
    ) as mean_other_score_low,
    cast(mean_score as double) + 1.96 * sqrt(
        greatest(cast(mean_square as double) - cast(mean_score as double) * cast(mean_score as double), 0)
        / nullif(account_count - 1, 0)
    ) as mean_other_score_high
from summed
