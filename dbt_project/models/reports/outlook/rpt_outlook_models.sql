with

models as (select * from {{ ref('int_outlook_models_explained') }}),

record as (select * from {{ ref('fct_model_track_record') }} where slice = 'all' and fold in ('all', 'printed'))

select
    models.model_version,
    models.label,
    models.horizon_days,
    models.model_status,
    models.is_leading_model,
    models.explanation,
    models.possible_from,
    models.trained_on,
    models.promoted_on,
    models.promoted_by,
    models.is_better,
    models.training_event_count,
    models.test_event_count,
    models.parameter_count,
    judged.outcome_rate,
    judged.auc,
    judged.auc_low,
    judged.auc_high,
    judged.recency_auc,
    judged.usage_trend_auc,
    judged.health_score_auc,
    judged.gain_over_recency,
    judged.gain_over_usage_trend,
    judged.gain_over_health_score,
    judged.average_precision,
    judged.lift,
    judged.capture_rate,
    judged.brier,
    judged.brier_of_rate,
    judged.calibration_slope,
    judged.calibration_slope_low,
    judged.calibration_slope_high,
    coalesce(printed.issued_count, 0) as issued_count,
    coalesce(printed.right_count, 0) as right_count,
    coalesce(printed.wrong_count, 0) as wrong_count,
    coalesce(printed.void_count, 0) as void_count,
    coalesce(printed.open_count, 0) as open_count,
    printed.mean_probability as printed_mean_probability,
    printed.outcome_rate as printed_outcome_rate
from models
left join record as judged on models.model_version = judged.model_version and judged.fold = 'all'
left join record as printed on models.model_version = printed.model_version and printed.fold = 'printed'
