with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

today as (
    select
        segments.dimension,
        segments.segment,
        count(*) as account_count,
        count(health.health_score) as scored_account_count,
        count(*) filter (where health.band = 'at_risk') as at_risk_account_count,
        sum(subscription_days.mrr) as mrr,
        count(*) - count(subscription_days.mrr) as unvalued_account_count,
        case
            when count(health.health_score) > 0 then {{ known_sum('subscription_days.mrr', "health.band = 'at_risk'") }}
        end as mrr_at_risk,
        cast(avg(cast(health.health_score as decimal(18, 9))) as double) as mean_health_score,
        count(*) filter (where health.band = 'at_risk')
        / nullif(cast(count(health.health_score) as double), 0) as at_risk_rate,
        nullif(count(health.health_score), 0) as trials
    from segments
    inner join parameters on segments.activity_date = parameters.as_of_date
    inner join subscription_days using (account_id, activity_date)
    left join health
        on
            segments.account_id = health.account_id
            and segments.activity_date = health.score_date
    where segments.dimension != 'account'
    group by segments.dimension, segments.segment
)

select
    dimension,
    segment,
    account_count,
    scored_account_count,
    at_risk_account_count,
    round(mean_health_score, 1) as mean_health_score,
    at_risk_rate,
    {{ wilson_bound('at_risk_rate', 'trials', -1) }} as at_risk_rate_low,
    {{ wilson_bound('at_risk_rate', 'trials', 1) }} as at_risk_rate_high,
    cast(mrr as decimal(18, 2)) as mrr,
    cast(mrr_at_risk as decimal(18, 2)) as mrr_at_risk,
    unvalued_account_count
from today
