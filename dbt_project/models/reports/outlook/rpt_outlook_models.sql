with

models as (select * from {{ ref('int_outlook_models') }}),

promotions as (select * from {{ ref('outlook_promotions') }}),

record as (select * from {{ ref('fct_model_track_record') }} where slice = 'all' and fold in ('all', 'printed')),

horizons as (
    {%- for days in var('outcome_horizons') %}
        select cast({{ days }} as integer) as horizon_days
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

-- Every model, every horizon without one, and every promotion of a model that nobody knows.
listed as (
    select
        model_version,
        horizon_days,
        model_status,
        is_leading_model,
        label,
        possible_from,
        trained_on,
        promoted_on,
        promoted_by,
        is_better,
        training_event_count,
        test_event_count,
        parameter_count,
        case
            when model_status = 'features_missing'
                then
                    'The model ' || model_version || ' cannot say anything: it learned from '
                    || coalesce(
                        'the feature ' || unknown_feature || ', which is not there any more',
                        'another meaning of the features'
                    )
                    || '. Run make train, and promote what comes of it.'
            when model_status = 'candidate' and promoted_on is not null
                then
                    'Promoted by ' || promoted_by
                    || ', but it did not beat all that it was set beside, so it stays a candidate: ' || reason
            when model_status = 'candidate' and is_better
                then 'A candidate until somebody promotes it in the seed outlook_promotions: ' || reason
            when model_status = 'ok'
                then
                    'In force since ' || cast(promoted_on as string) || ', promoted by ' || promoted_by || ': '
                    || reason
            else reason
        end as explanation
    from models
    union all
    select
        'none' as model_version,
        horizon_days,
        'not_trained' as model_status,
        true as is_leading_model,
        null as label,
        null as possible_from,
        null as trained_on,
        null as promoted_on,
        null as promoted_by,
        null as is_better,
        null as training_event_count,
        null as test_event_count,
        null as parameter_count,
        'Nothing has been learned yet within ' || cast(horizon_days as string)
        || ' days: run make train, then make run.' as explanation
    from horizons
    where horizon_days not in (select models.horizon_days from models)
    union all
    select
        promotions.model_version,
        null as horizon_days,
        'unknown_version' as model_status,
        false as is_leading_model,
        null as label,
        null as possible_from,
        null as trained_on,
        promotions.promoted_on,
        promotions.author as promoted_by,
        null as is_better,
        null as training_event_count,
        null as test_event_count,
        null as parameter_count,
        'The seed outlook_promotions names ' || promotions.model_version || ', promoted by ' || promotions.author
        || ', and the book of the outlook has no such model. Take the row out, or name a version that make train '
        || 'printed.' as explanation
    from promotions
    where promotions.model_version not in (select models.model_version from models)
)

select
    listed.model_version,
    listed.label,
    listed.horizon_days,
    listed.model_status,
    listed.is_leading_model,
    listed.explanation,
    listed.possible_from,
    listed.trained_on,
    listed.promoted_on,
    listed.promoted_by,
    listed.is_better,
    listed.training_event_count,
    listed.test_event_count,
    listed.parameter_count,
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
from listed
left join record as judged on listed.model_version = judged.model_version and judged.fold = 'all'
left join record as printed on listed.model_version = printed.model_version and printed.fold = 'printed'
