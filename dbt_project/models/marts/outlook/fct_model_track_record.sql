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
    from {{ ref('int_printed_outlooks') }}
    group by model_version
),

-- What was printed is a fold of its own: nobody chose it afterwards.
folds as (
    select
        model_version,
        fold,
        slice
    from figures
    union all
    select
        model_version,
        'printed' as fold,
        'all' as slice
    from printed
)

select
    models.model_version,
    models.label,
    models.horizon_days,
    folds.fold,
    folds.slice,
    coalesce(figures.row_count, printed.row_count) as row_count,
    coalesce(figures.account_count, printed.account_count) as account_count,
    coalesce(figures.event_account_count, printed.event_account_count) as event_account_count,
    coalesce(figures.mean_probability, printed.mean_probability) as mean_probability,
    coalesce(figures.outcome_rate, printed.outcome_rate) as outcome_rate,
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
    coalesce(figures.brier, printed.brier) as brier,
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
    printed.issued_count,
    printed.right_count,
    printed.wrong_count,
    printed.void_count,
    printed.open_count
from folds
inner join models on folds.model_version = models.model_version
left join figures
    on folds.model_version = figures.model_version and folds.fold = figures.fold and folds.slice = figures.slice
left join printed on folds.model_version = printed.model_version and folds.fold = 'printed'
