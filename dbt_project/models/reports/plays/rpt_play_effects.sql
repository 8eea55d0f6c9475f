with

effects as (select * from {{ ref('fct_play_effects') }}),

plays as (
    select
        play,
        max(title) as title,
        max(primary_outcome) as primary_outcome
    from {{ ref('playbooks') }}
    group by play
)

-- What a number is, beside it: drawn by lot, compared with others who were alike, or neither.
select
    effects.play,
    coalesce(plays.title, effects.play) as title,
    effects.outcome,
    coalesce(plays.primary_outcome, case effects.method when 'other_platforms' then 'usage' else 'churn' end)
    = effects.outcome as is_primary,
    effects.method,
    case effects.method
        when 'randomised' then 'drawn by lot'
        when 'randomised_adjusted' then 'drawn by lot, less what their past explains'
        when 'less_placebo' then 'not randomised: weighted and modelled, less what it finds for who was held out'
        when 'matched' then 'not randomised: matched with others who were alike'
        when 'doubly_robust' then 'not randomised: weighted and modelled'
        when 'other_platforms' then 'not randomised: accounts on the platforms that it reached against those on others'
        when 'none' then 'nothing to estimate yet'
        when 'naive' then 'not randomised and not adjusted: what a plain comparison says'
        when 'selection_alone' then 'what the choice of whom to help looks like when nothing is done'
    end as method_label,
    case effects.method
        when 'randomised_adjusted' then 1
        when 'randomised' then 2
        when 'less_placebo' then 3
        when 'doubly_robust' then 4
        when 'matched' then 5
        when 'other_platforms' then 6
        when 'naive' then 7
        else 8
    end as method_order,
    effects.status,
    effects.finding,
    case
        when effects.estimate is null then effects.reason
        when effects.outcome = 'churn'
            then
                {{ in_points('effects.estimate') }} || ' points of those who leave (between '
                || {{ in_points('effects.estimate_low') }} || ' and '
                || {{ in_points('effects.estimate_high') }} || '); an effect below '
                || {{ in_points('effects.smallest_detectable') }} || ' points could not be seen'
        when effects.outcome = 'session_errors'
            then
                {{ in_points('effects.estimate') }} || ' points of sessions with an error (between '
                || {{ in_points('effects.estimate_low') }} || ' and '
                || {{ in_points('effects.estimate_high') }} || '); an effect below '
                || {{ in_points('effects.smallest_detectable') }} || ' points could not be seen'
        else
            {{ in_percent('effects.estimate') }} || ' % of use (between '
            || {{ in_percent('effects.estimate_low') }} || ' and '
            || {{ in_percent('effects.estimate_high') }} || '); an effect below '
            || {{ in_percent('effects.smallest_detectable') }} || ' % could not be seen'
    end as statement,
    effects.reason,
    effects.treated_count,
    effects.control_count,
    effects.treated_mean,
    effects.control_mean,
    -- How a difference is written: points of a share, or per cent of use, which is stored as a logarithm.
    case when effects.outcome in ('churn', 'session_errors') then 'share points' else 'log change' end as estimate_unit,
    effects.estimate,
    effects.estimate_low,
    effects.estimate_high,
    effects.p_value_holm,
    effects.smallest_detectable,
    effects.imbalance_after,
    effects.pre_trend,
    effects.placebo_kind,
    effects.placebo,
    effects.placebo_low,
    effects.placebo_high,
    effects.fitted_on
from effects
left join plays on effects.play = plays.play
