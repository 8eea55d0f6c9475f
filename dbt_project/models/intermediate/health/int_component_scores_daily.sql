with

observations as (select * from {{ ref('int_component_values_carried_forward_daily') }}),

curve_segments as (select * from {{ ref('int_score_curve_segments') }}),

judged as (
    select
        *,
        status in ('ok', 'carried_forward')
        and curve is not null
        and sample_size >= coalesce(minimum_n, 0)
        and {{ days_between('measured_on', 'score_date') }} <= coalesce(time_to_live_days, 0) as is_available
    from observations
),

-- Where absence is itself the signal, it is one only of a source that speaks.
replaced as (
    select
        *,
        case
            when is_available then null
            when missing_policy = 'neutral_reference' then neutral_score
            when status in ('source_unavailable', 'immature', 'stale', 'carried_forward') then null
            when status = 'ok' and curve is null then null
            when missing_policy = 'worst' then 1
        end as imputed_score
    from judged
)

select
    replaced.account_id,
    replaced.score_date,
    replaced.model_version_id,
    replaced.model_role,
    replaced.pillar,
    replaced.component,
    replaced.weight_in_pillar,
    replaced.pillar_weight,
    -- Its curve is to be made of the company's own references, and there are none yet.
    case
        when replaced.curve is null and replaced.status in ('ok', 'carried_forward') then 'no_reference'
        else replaced.status
    end as status,
    replaced.metric_value,
    replaced.scored_value,
    replaced.numerator,
    replaced.denominator,
    replaced.sample_size,
    case
        when replaced.is_available then {{ score_on_curve('curve_segments', 'replaced.scored_value') }}
        else cast(replaced.imputed_score as double)
    end as component_score,
    replaced.neutral_score,
    replaced.nominal_weight,
    case
        when not replaced.is_available then cast(0 as double)
        else
            cast(case
                when replaced.time_to_live_days is null then 1.0
                else
                    least(
                        1.0,
                        2.0 - 2.0 * {{ days_between('replaced.measured_on', 'replaced.score_date') }}
                        / replaced.time_to_live_days
                    )
            end
            * case
                when replaced.prior_weight > 0
                    then replaced.sample_size / (replaced.sample_size + replaced.prior_weight)
                else 1.0
            end as double)
    end as evidence,
    replaced.is_available,
    replaced.imputed_score is not null as is_imputed,
    replaced.measured_on
from replaced
left join curve_segments
    on
        replaced.curve = curve_segments.curve
        and replaced.scored_value >= curve_segments.reaches_from
        and replaced.scored_value < curve_segments.reaches_to
