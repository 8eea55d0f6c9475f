with

accounts as (select * from {{ ref('rpt_accounts') }}),

scorecard as (select * from {{ ref('rpt_metric_scorecard') }}),

trend as (select * from {{ ref('rpt_health_trend') }}),

movement as (select * from {{ ref('rpt_band_movement') }}),

attention as (select * from {{ ref('rpt_accounts_at_risk') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

earlier_trend as (
    select trend.*
    from trend
    inner join parameters on trend.score_date = parameters.as_of_date - 28
),

-- A month before the history began there is nothing to compare with, which is not zero.
earlier as (
    select
        sum(account_count) as customer_count,
        sum(mrr) as mrr,
        sum(case when band = 'at_risk' then account_count else 0 end) as at_risk_count,
        sum(case when band = 'at_risk' then mrr else 0 end) as at_risk_mrr
    from earlier_trend
),

facts as (
    select 1 as fact_order, 'customer_count' as fact, 'accounts' as unit, cast(count(*) as double) as fact_value,
        cast(max(earlier.customer_count) as double) as earlier_value
    from accounts
    cross join earlier

    union all

    select 2, 'mrr', '{{ var("reporting_currency") }}', cast(sum(accounts.mrr) as double), cast(max(earlier.mrr) as double)
    from accounts
    cross join earlier

    union all

    select 3, 'scored_count', 'accounts', cast(count(health_score) as double), null
    from accounts

    union all

    select 4, 'health_score_by_mrr', 'points',
        cast(sum(cast(health_score as decimal(9, 1)) * mrr) as double)
        / nullif(cast(sum(case when health_score is not null then mrr end) as double), 0),
        cast(sum(cast(health_score_28_days_before as decimal(9, 1)) * mrr) as double)
        / nullif(cast(sum(case when health_score_28_days_before is not null then mrr end) as double), 0)
    from accounts

    union all

    select 5, 'mean_health_score', 'points', cast(avg(cast(health_score as decimal(9, 1))) as double),
        cast(avg(cast(health_score_28_days_before as decimal(9, 1))) as double)
    from accounts

    union all

    select 6, 'at_risk_count', 'accounts',
        case when count(accounts.health_score) > 0 then cast(count(*) filter (where accounts.band = 'at_risk') as double) end,
        cast(max(earlier.at_risk_count) as double)
    from accounts
    cross join earlier

    union all

    select 7, 'at_risk_mrr', '{{ var("reporting_currency") }}',
        case
            when count(accounts.mrr) > 0
                then cast(sum(case when accounts.band = 'at_risk' then accounts.mrr else 0 end) as double)
        end,
        cast(max(earlier.at_risk_mrr) as double)
    from accounts
    cross join earlier

    union all

    select 8, 'attention_count', 'accounts', cast(count(*) as double), null
    from attention

    union all

    select 9, 'moved_down_count', 'accounts',
        cast(sum(case
            when (movement.earlier_band = 'healthy' and movement.band in ('watch', 'at_risk'))
                or (movement.earlier_band = 'watch' and movement.band = 'at_risk')
                then movement.account_count
            else 0
        end) as double), null
    from movement

    union all

    select 10, 'moved_up_count', 'accounts',
        cast(sum(case
            when (movement.earlier_band = 'at_risk' and movement.band in ('watch', 'healthy'))
                or (movement.earlier_band = 'watch' and movement.band = 'healthy')
                then movement.account_count
            else 0
        end) as double), null
    from movement

    union all

    select 11, 'left_count', 'accounts',
        cast(sum(case when movement.band = 'not_a_customer' then movement.account_count else 0 end) as double), null
    from movement

    union all

    select 12, 'came_count', 'accounts',
        cast(sum(case when movement.earlier_band = 'not_a_customer' then movement.account_count else 0 end) as double), null
    from movement

    union all

    select 20, metric, unit, metric_value, earlier_value
    from scorecard
    where metric in ('wau_7d', 'mau_28d', 'stickiness_28d', 'session_seconds_median_28d', 'usage_trend_28v28')

    union all

    select 30, 'renewals_90d_not_healthy_count', 'accounts',
        case
            when count(renewal_date) > 0
                then cast(count(*) filter (where renewal_date <= as_of_date + 90 and band <> 'healthy') as double)
        end, null
    from accounts

    union all

    select 31, 'renewals_90d_not_healthy_mrr', '{{ var("reporting_currency") }}',
        case
            when count(renewal_date) > 0
                then cast(sum(case when renewal_date <= as_of_date + 90 and band <> 'healthy' then mrr else 0 end) as double)
        end, null
    from accounts
)

select
    facts.fact,
    facts.unit,
    cast(facts.fact_order as integer) as fact_order,
    facts.fact_value,
    facts.earlier_value,
    facts.fact_value - facts.earlier_value as change,
    parameters.as_of_date,
    parameters.as_of_date - 28 as earlier_date
from facts
cross join parameters
