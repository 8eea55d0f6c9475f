{{ config(materialized='table') }}

with

contributions as (select * from {{ ref('fct_churn_prediction_contributions') }}),

coefficients as (select * from {{ ref('stg_outlook__outlook_coefficients') }} where draw > 0)

select
    contributions.account_id,
    contributions.prediction_date,
    contributions.horizon_days,
    contributions.model_version,
    coefficients.draw,
    sum(cast(coefficients.coefficient * contributions.scaled_value as decimal(18, 12))) as logit
from contributions
inner join coefficients
    on
        contributions.model_version = coefficients.model_version
        and contributions.feature = coefficients.feature
group by
    contributions.account_id,
    contributions.prediction_date,
    contributions.horizon_days,
    contributions.model_version,
    coefficients.draw
