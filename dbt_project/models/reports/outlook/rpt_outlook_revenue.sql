with

-- Who has asked to cancel or has left since the Monday is no question of probability any more.
predictions as (
    select predictions.*
    from {{ ref('fct_churn_predictions') }} as predictions
    inner join {{ ref('rpt_accounts') }} as today on predictions.account_id = today.account_id
    where not today.is_cancelling
),

draws as (select * from {{ ref('int_outlook_draws') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

-- Everybody is in the whole, in a segment, and with an owner, so each of the three adds up to the same.
groups as (
    select
        account_id,
        'all' as dimension,
        'all' as segment
    from accounts
    union all
    select
        account_id,
        'size_band' as dimension,
        coalesce(size_band, 'unknown') as segment
    from accounts
    union all
    select
        account_id,
        'csm' as dimension,
        coalesce(csm_id, 'nobody') as segment
    from accounts
),

summed as (
    select
        groups.dimension,
        groups.segment,
        predictions.horizon_days,
        min(predictions.status) as status,
        count(*) as account_count,
        count(case when predictions.probability is not null and predictions.mrr is not null then 1 end)
            as predicted_account_count,
        count(predictions.mrr) as known_mrr_count,
        sum(predictions.mrr) as mrr,
        sum(cast(predictions.probability * cast(predictions.mrr as double) as decimal(18, 6))) as revenue_at_risk,
        sum(cast(predictions.probability as decimal(18, 9))) as expected_departures
    from predictions
    inner join groups on predictions.account_id = groups.account_id
    group by groups.dimension, groups.segment, predictions.horizon_days
),

drawn as (
    select
        groups.dimension,
        groups.segment,
        predictions.horizon_days,
        draws.draw,
        sum(cast(
            cast(predictions.mrr as double) / (1 + exp(-cast(draws.logit as double))) as decimal(18, 6)
        )) as revenue_at_risk
    from predictions
    inner join draws
        on
            predictions.account_id = draws.account_id
            and predictions.model_version = draws.model_version
    inner join groups on predictions.account_id = groups.account_id
    group by groups.dimension, groups.segment, predictions.horizon_days, draws.draw
),

spread as (
    select
        dimension,
        segment,
        horizon_days,
        round({{ half_width_95() }} * stddev_samp(cast(revenue_at_risk as double)), 2) as reach
    from drawn
    group by dimension, segment, horizon_days
)

select
    summed.dimension,
    summed.segment,
    summed.horizon_days,
    summed.status,
    summed.account_count,
    summed.predicted_account_count,
    summed.known_mrr_count,
    summed.mrr,
    cast(summed.revenue_at_risk as decimal(18, 2)) as revenue_at_risk,
    cast({{ not_below('summed.revenue_at_risk - spread.reach', 0) }} as decimal(18, 2)) as revenue_at_risk_low,
    cast(
        case when spread.reach is not null then least(summed.revenue_at_risk + spread.reach, summed.mrr) end
        as decimal(18, 2)
    ) as revenue_at_risk_high,
    cast(summed.expected_departures as double) as expected_departures
from summed
left join spread
    on
        summed.dimension = spread.dimension
        and summed.segment = spread.segment
        and summed.horizon_days = spread.horizon_days
