with

account_days as (select * from {{ ref('fct_scored_account_days') }}),

measurements as (select * from {{ ref('fct_health_measurements_daily') }}),

components as (select * from {{ ref('score_components') }}),

pillars as (select * from {{ ref('score_pillars') }}),

curve_segments as (select * from {{ ref('fct_score_curve_segments') }}),

-- scoring.md 3.4: a rate is drawn towards its prior as long as little is known of it.
shrunk as (
    select
        measurements.*,
        account_days.model_version_id,
        components.pillar,
        components.curve,
        components.time_to_live_days,
        components.prior_weight,
        components.weight as weight_in_pillar,
        pillars.weight as pillar_weight,
        case
            when components.prior_weight > 0
                then
                    (measurements.numerator + components.prior_weight * components.prior_value)
                    / (measurements.denominator + components.prior_weight)
            else measurements.metric_value
        end as scored_value,
        measurements.status = 'ok'
        and {{ days_between('measurements.measured_on', 'measurements.score_date') }}
        <= coalesce(components.time_to_live_days, 0) as is_available
    from measurements
    inner join account_days using (account_id, score_date)
    inner join components
        on
            account_days.model_version_id = components.model_version_id
            and measurements.component = components.component
    inner join pillars
        on
            components.model_version_id = pillars.model_version_id
            and components.pillar = pillars.pillar
),

scored as (
    select
        shrunk.*,
        case
            when shrunk.is_available
                then
                    curve_segments.score_from
                    + (shrunk.scored_value - curve_segments.x_from) * curve_segments.slope
        end as component_score
    from shrunk
    left join curve_segments
        on
            shrunk.curve = curve_segments.curve
            and shrunk.scored_value >= curve_segments.reaches_from
            and shrunk.scored_value < curve_segments.reaches_to
),

-- scoring.md 3.5: a missing component leaves its weight first to its pillar, a missing pillar to the others.
within_pillars as (
    select
        *,
        sum(case when is_available then weight_in_pillar else 0 end) over (
            partition by account_id, score_date, pillar
        ) as available_weight_in_pillar
    from scored
),

across_pillars as (
    select
        *,
        sum(case when is_available then pillar_weight * weight_in_pillar / available_weight_in_pillar else 0 end)
            over (partition by account_id, score_date) as available_pillar_weight
    from within_pillars
),

weighted as (
    select
        *,
        case
            when is_available
                then
                    cast(weight_in_pillar as double) / cast(available_weight_in_pillar as double)
                    * cast(pillar_weight as double) / cast(round(available_pillar_weight, 9) as double)
            else 0
        end as effective_weight
    from across_pillars
)

select
    account_id,
    score_date,
    model_version_id,
    pillar,
    component,
    status,
    metric_value,
    scored_value,
    numerator,
    denominator,
    sample_size,
    component_score,
    cast(pillar_weight * weight_in_pillar as double) as nominal_weight,
    effective_weight,
    cast(coalesce(cast(effective_weight * component_score as decimal(18, 12)), 0) as double) as points,
    cast(coalesce(cast(effective_weight * (100 - component_score) as decimal(18, 12)), 0) as double) as points_lost,
    case
        when not is_available then 0
        else
            case
                when time_to_live_days is null then 1.0
                else
                    least(
                        1.0,
                        2.0 - 2.0 * {{ days_between('measured_on', 'score_date') }} / time_to_live_days
                    )
            end
            * case when prior_weight > 0 then sample_size / (sample_size + prior_weight) else 1.0 end
    end as evidence,
    is_available,
    measured_on
from weighted
