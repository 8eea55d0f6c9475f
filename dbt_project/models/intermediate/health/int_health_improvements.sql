with

parameters as (select * from {{ ref('stg_run__parameters') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

bands as (select * from {{ ref('score_bands') }}),

-- How far the next band is, past the half width that keeps a score from flapping.
placed as (
    select
        health.account_id,
        health.score_date,
        health.health_score,
        health.override_rule,
        health.components_date,
        min(bands.lower_bound + bands.half_width) as next_band_at,
        min_by(bands.band, bands.lower_bound) as next_band
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    left join bands
        on
            health.model_version_id = bands.model_version_id
            and bands.band_order > 1
            and bands.lower_bound + bands.half_width > health.health_score
    where health.health_score is not null
    group by
        health.account_id,
        health.score_date,
        health.health_score,
        health.override_rule,
        health.components_date
),

-- The most that a component can bring is what it costs now.
ranked as (
    select
        placed.*,
        components.component,
        components.metric_value,
        components.component_score,
        components.points_lost,
        placed.next_band_at - placed.health_score as points_to_next_band,
        row_number() over headroom as gain_rank,
        sum(cast(components.points_lost as decimal(18, 12))) over headroom as gain_so_far
    from placed
    inner join components
        on
            placed.account_id = components.account_id
            and placed.components_date = components.score_date
    where components.is_available and components.points_lost > 0
    window headroom as (
        partition by placed.account_id
        order by components.points_lost desc, components.component asc
        rows between unbounded preceding and current row
    )
)

-- Taking the largest first reaches the next band with the fewest; under a cap no component helps until it ends.
select
    account_id,
    component,
    score_date,
    next_band,
    override_rule,
    health_score,
    points_to_next_band,
    metric_value,
    component_score,
    points_lost as most_points_to_gain,
    gain_rank,
    coalesce(
        override_rule is null and cast(gain_so_far as double) - points_lost < points_to_next_band, false
    ) as is_in_smallest_set
from ranked
