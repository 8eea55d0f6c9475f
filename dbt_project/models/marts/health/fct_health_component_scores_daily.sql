{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

measurements as (select * from {{ ref('fct_health_measurements_daily') }} where {{ is_rebuilt('score_date') }}),

components as (select * from {{ ref('score_components') }}),

curve_segments as (select * from {{ ref('fct_score_curve_segments') }}),

-- scoring.md 3.4: a rate is drawn towards its prior as long as little is known of it.
shrunk as (
    select
        measurements.*,
        components.curve,
        components.time_to_live_days,
        components.prior_weight,
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
    inner join components
        on
            measurements.model_version_id = components.model_version_id
            and measurements.component = components.component
)

select
    shrunk.account_id,
    shrunk.score_date,
    shrunk.model_version_id,
    shrunk.component,
    shrunk.status,
    shrunk.metric_value,
    shrunk.scored_value,
    shrunk.numerator,
    shrunk.denominator,
    shrunk.sample_size,
    case
        when shrunk.is_available
            then
                curve_segments.score_from
                + (shrunk.scored_value - curve_segments.x_from) * curve_segments.slope
    end as component_score,
    case
        when not shrunk.is_available then 0.0
        else
            case
                when shrunk.time_to_live_days is null then 1.0
                else
                    least(
                        1.0,
                        2.0 - 2.0 * {{ days_between('shrunk.measured_on', 'shrunk.score_date') }}
                        / shrunk.time_to_live_days
                    )
            end
            * case
                when shrunk.prior_weight > 0 then shrunk.sample_size / (shrunk.sample_size + shrunk.prior_weight)
                else 1.0
            end
    end as evidence,
    shrunk.is_available,
    shrunk.measured_on
from shrunk
left join curve_segments
    on
        shrunk.curve = curve_segments.curve
        and shrunk.scored_value >= curve_segments.reaches_from
        and shrunk.scored_value < curve_segments.reaches_to
