with

predictors as (select * from {{ ref('int_health_predictors') }}),

outcomes as (select * from {{ ref('fct_account_outcomes') }} where is_event is not null),

judged as (
    select
        predictors.account_id,
        predictors.snapshot_date,
        predictors.predictor,
        outcomes.label,
        outcomes.horizon_days,
        predictors.model_version_id,
        predictors.band,
        predictors.predictor_value,
        cast(1 as double) as one_count,
        cast(outcomes.is_event as integer) as event_count,
        -- Whole cents, as sums and products of whole numbers are exact; who pays nobody knows what weighs nothing.
        cast(coalesce(predictors.mrr, 0) * 100 as decimal(15, 0)) as mrr_cents
    from predictors
    inner join outcomes
        on
            predictors.account_id = outcomes.account_id
            and predictors.snapshot_date = outcomes.snapshot_date
),

{{ ranked_values('judged', by=['snapshot_date', 'predictor', 'label', 'horizon_days'], value='predictor_value',
    sums={'count': 'one_count'}) }}

select
    account_id,
    snapshot_date,
    predictor,
    label,
    horizon_days,
    model_version_id,
    band,
    predictor_value,
    event_count,
    mrr_cents,
    cast({{ share_among_first(var('care_capacity'), 'up_to_count', 'equal_count') }} as decimal(18, 12)) as cared_for
from ranked
