with

predictions as (select * from {{ ref('fct_churn_predictions') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

today as (select * from {{ ref('rpt_accounts') }}),

valued as (
    select
        predictions.*,
        predictions.probability - predictions.rate_of_score as disagreement,
        predictions.probability * cast(predictions.mrr as double) as revenue_at_risk
    from predictions
)

-- Score and probability answer two questions; where they lie far apart, the reasons say why.
select
    valued.account_id,
    accounts.account_name,
    accounts.csm_id,
    accounts.size_band,
    valued.prediction_date,
    valued.horizon_days,
    valued.label,
    valued.model_version,
    valued.status,
    valued.probability,
    valued.probability_low,
    valued.probability_high,
    valued.place,
    valued.health_score,
    valued.band,
    valued.rate_of_score,
    valued.disagreement,
    case
        when valued.disagreement is not null
            then
                row_number() over (
                    partition by valued.horizon_days
                    order by abs(valued.disagreement) desc nulls last, valued.account_id asc
                )
    end as disagreement_position,
    valued.mrr,
    cast(valued.revenue_at_risk as decimal(18, 2)) as revenue_at_risk,
    valued.raised_by,
    valued.lowered_by,
    case when today.account_id is null then 'left' when today.is_cancelling then 'asked_to_cancel' else 'customer' end
        as standing
from valued
left join accounts on valued.account_id = accounts.account_id
left join today on valued.account_id = today.account_id
