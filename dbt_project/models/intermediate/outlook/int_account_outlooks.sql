{{ config(materialized='ephemeral') }}

with

predictions as (select * from {{ ref('fct_churn_predictions') }}),

shortest as (select min(horizon_days) as horizon_days from predictions where probability is not null)

-- One horizon for everybody, so that a list can be sorted by it.
select
    predictions.account_id,
    predictions.horizon_days as outlook_horizon_days,
    predictions.label as outlook_label,
    predictions.status as outlook_status,
    predictions.probability as outlook_probability,
    predictions.raised_by as outlook_raised_by
from predictions
inner join shortest on predictions.horizon_days = shortest.horizon_days
where predictions.probability is not null
