with

models as (select * from {{ ref('int_outlook_models') }}),

figures as (select * from {{ ref('stg_outlook__outlook_figures') }}),

printed as (
    select
        model_version,
        count(case when settlement in ('right', 'wrong') then 1 end) as row_count,
        count(distinct case when settlement in ('right', 'wrong') then account_id end) as account_count,
        count(distinct case when has_happened and settlement in ('right', 'wrong') then account_id end)
            as event_account_count,
        avg(case when settlement in ('right', 'wrong') then probability end) as mean_probability,
        avg(case when settlement in ('right', 'wrong') then cast(has_happened as integer) end) as outcome_rate,
        avg(
            case
                when settlement in ('right', 'wrong')
                    then (probability - cast(has_happened as integer)) * (probability - cast(has_happened as integer))
            end
        ) as brier,
        count(*) as issued_count,
        count(case when settlement = 'right' then 1 end) as right_count,
        count(case when settlement = 'wrong' then 1 end) as wrong_count,
        count(case when settlement = 'void' then 1 end) as void_count,
        count(case when settlement = 'open' then 1 end) as open_count
    from {{ ref('fct_printed_outlooks') }}
    group by model_version
),

-- What was printed is a fold of its own: nobody chose it afterwards.
all_figures as (
    select
        figures.*,
        cast(null as bigint) as issued_count,
        cast(null as bigint) as right_count,
        cast(null as bigint) as wrong_count,
        cast(null as bigint) as void_count,
        cast(null as bigint) as open_count
    from figures
    union all by name
    select
        *,
        'printed' as fold,
        'all' as slice
    from printed
)

select
    models.model_version,
    models.label,
    models.horizon_days,
    figures.fold,
    figures.slice,
    figures.row_count,
    figures.account_count,
    figures.event_account_count,
    figures.mean_probability,
    figures.outcome_rate,
    figures.outcome_rate_low,
    figures.outcome_rate_high,
    figures.auc,
    figures.auc_low,
    figures.auc_high,
    figures.average_precision,
    figures.average_precision_low,
    figures.average_precision_high,
    figures.lift,
    figures.lift_low,
    figures.lift_high,
    figures.capture_rate,
    figures.brier,
    figures.brier_low,
    figures.brier_high,
    figures.brier_of_rate,
    figures.brier_of_score_rate,
    figures.calibration_slope,
    figures.calibration_slope_low,
    figures.calibration_slope_high,
    figures.calibration_intercept,
    figures.recency_auc,
    figures.gain_over_recency,
    figures.gain_over_recency_low,
    figures.gain_over_recency_high,
    figures.usage_trend_auc,
    figures.gain_over_usage_trend,
    figures.gain_over_usage_trend_low,
    figures.gain_over_usage_trend_high,
    figures.health_score_auc,
    figures.gain_over_health_score,
    figures.gain_over_health_score_low,
    figures.gain_over_health_score_high,
    figures.issued_count,
    figures.right_count,
    figures.wrong_count,
    figures.void_count,
    figures.open_count
from all_figures as figures
inner join models on figures.model_version = models.model_version
