with

effects as (select * from {{ ref('stg_run__play_effects') }}),

newest as (select max(fitted_on) as fitted_on from effects)

-- What was estimated last; what the number says is said once, here: of leaving and errors less is better, of use more.
select
    effects.play,
    effects.outcome,
    effects.method,
    effects.is_randomised,
    effects.status,
    case
        when effects.status != 'ok' or effects.method in ('naive', 'selection_alone') then null
        when effects.p_value_holm > 0.05 then 'cannot_tell'
        when (effects.estimate < 0) = (effects.outcome in ('churn', 'session_errors')) then 'helps'
        else 'harms'
    end as finding,
    effects.reason,
    effects.treated_count,
    effects.control_count,
    effects.treated_mean,
    effects.control_mean,
    effects.estimate,
    effects.estimate_low,
    effects.estimate_high,
    effects.p_value,
    effects.p_value_holm,
    effects.smallest_detectable,
    effects.imbalance_before,
    effects.imbalance_after,
    effects.most_unbalanced,
    effects.pre_trend,
    effects.pre_trend_low,
    effects.pre_trend_high,
    effects.placebo_kind,
    effects.placebo,
    effects.placebo_low,
    effects.placebo_high,
    effects.fitted_on
from effects
inner join newest on effects.fitted_on = newest.fitted_on
