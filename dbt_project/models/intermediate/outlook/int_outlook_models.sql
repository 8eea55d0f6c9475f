{{ config(materialized='ephemeral') }}

with

models as (select * from {{ ref('stg_outlook__outlook_models') }}),

coefficients as (select * from {{ ref('stg_outlook__outlook_coefficients') }} where draw = 0),

features as (select * from {{ ref('outlook_features') }}),

promotions as (select * from {{ ref('outlook_promotions') }}),

strangers as (
    select
        coefficients.model_version,
        min(coefficients.feature) as unknown_feature
    from coefficients
    left join features
        on coefficients.feature in (features.feature, features.feature || '_is_missing')
    where coefficients.feature != 'intercept' and features.feature is null
    group by coefficients.model_version
),

-- In force is what somebody promoted and what beat all that it was set beside; one of the two is not enough.
judged as (
    select
        models.*,
        promotions.promoted_on,
        promotions.author as promoted_by,
        strangers.unknown_feature,
        case
            when models.status != 'candidate' then models.status
            when strangers.unknown_feature is not null then 'features_missing'
            when models.feature_set_version != {{ feature_set() }} then 'features_missing'
            when promotions.model_version is not null and models.is_better then 'ok'
            else 'candidate'
        end as model_status,
        row_number() over (
            partition by models.label, models.horizon_days
            order by models.trained_on desc, models.model_version desc
        ) as place_by_age
    from models
    left join promotions on models.model_version = promotions.model_version
    left join strangers on models.model_version = strangers.model_version
),

-- Of the label churn, unless only the other one can say anything.
ranked as (
    select
        *,
        row_number() over (
            partition by horizon_days
            order by
                model_status = 'ok' desc, model_status = 'candidate' desc, promoted_on is not null desc,
                training_event_count > 0 desc, label asc, promoted_on desc, trained_on desc, model_version desc
        ) as place
    from judged
    where place_by_age = 1 or promoted_on is not null
)

select
    model_version,
    label,
    horizon_days,
    trained_on,
    model_status,
    reason,
    is_better,
    training_event_count,
    test_event_count,
    parameter_count,
    possible_from,
    feature_set_version,
    unknown_feature,
    promoted_on,
    promoted_by,
    data_sha256,
    git_commit,
    place = 1 as is_leading_model
from ranked
