with

features as (
    select * from {{ ref('fct_account_features_weekly') }}
    where
        is_at_risk
        and snapshot_date = (select max(newest.snapshot_date) from {{ ref('fct_account_features_weekly') }} as newest)
        and not {{ is_any_not_a_number() }}
),

models as (
    select * from {{ ref('int_outlook_models') }}
    where is_leading_model and model_status in ('ok', 'candidate')
),

coefficients as (select * from {{ ref('stg_outlook__outlook_coefficients') }} where draw = 0),

known as (
    {{ features_as_rows('features') }}
),

columns_of_accounts as (
    select * from known
    union all
    select
        account_id,
        snapshot_date,
        feature || '_is_missing' as feature,
        case when feature_value is null then 1.0 else 0.0 end as feature_value
    from known
    union all
    select
        account_id,
        snapshot_date,
        'intercept' as feature,
        1.0 as feature_value
    from features
),

-- The unknown counts as the mean, and what lies far out as the farthest that was usual.
scaled as (
    select
        columns_of_accounts.*,
        models.horizon_days,
        models.model_version,
        coefficients.coefficient,
        case
            when coefficients.is_missing_mark or coefficients.feature = 'intercept'
                then columns_of_accounts.feature_value
            else
                (
                    least(
                        greatest(
                            coalesce(columns_of_accounts.feature_value, coefficients.mean), coefficients.lower_limit
                        ),
                        coefficients.upper_limit
                    )
                    - coefficients.mean
                ) / coefficients.scale
        end as scaled_value
    from models
    inner join coefficients on models.model_version = coefficients.model_version
    inner join columns_of_accounts on coefficients.feature = columns_of_accounts.feature
)

select
    account_id,
    snapshot_date as prediction_date,
    horizon_days,
    model_version,
    feature,
    feature_value,
    scaled_value,
    -- So many digits that the sum is the same in whatever order it is taken.
    cast(cast(coefficient * scaled_value as decimal(18, 12)) as double) as contribution
from scaled
