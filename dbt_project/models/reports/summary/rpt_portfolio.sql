with

accounts as (select * from {{ ref('rpt_accounts') }}),

contracts as (select * from {{ ref('fct_contracts_due') }}),

trend as (select * from {{ ref('rpt_health_trend') }}),

movement as (select * from {{ ref('rpt_band_movement') }}),

attention as (select * from {{ ref('rpt_accounts_needing_attention') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Every version of a model names the bands again, the worst first.
bands as (
    select
        band,
        min(band_order) as band_order
    from {{ ref('score_bands') }}
    group by band
),

-- A sum is of the prices that are known, and those without one are counted beside it; of unknown ones alone it is
-- empty.
today as (
    select
        count(*) as customer_count,
        sum(mrr) as mrr,
        count(*) - count(mrr) as unvalued_account_count,
        count(health_score) as scored_count,
        cast(sum(cast(health_score as decimal(18, 9)) * mrr) as double)
        / nullif(sum(case when health_score is not null then mrr end), 0) as health_score_by_mrr,
        cast(sum(cast(health_score_28_days_before as decimal(18, 9)) * mrr) as double)
        / nullif(sum(case when health_score_28_days_before is not null then mrr end), 0) as earlier_health_score_by_mrr,
        cast(avg(cast(health_score as decimal(18, 9))) as double) as mean_health_score,
        cast(avg(cast(health_score_28_days_before as decimal(18, 9))) as double) as earlier_mean_health_score,
        case when count(health_score) > 0 then count(case when band = 'at_risk' then 1 end) end as at_risk_count,
        case when count(health_score) > 0 then {{ known_sum('mrr', "band = 'at_risk'") }} end as at_risk_mrr
    from accounts
),

customer_contracts as (
    select
        contracts.mrr,
        contracts.is_due_soon and coalesce(accounts.band != 'healthy', false) as is_not_healthy
    from contracts
    inner join accounts using (account_id)
),

-- Where no contract has a day of renewal nothing is known of any.
renewing as (
    select
        case when count(*) > 0 then count(*) filter (where is_not_healthy) end as renewals_90d_not_healthy_count,
        {{ known_sum('mrr', 'is_not_healthy') }} as renewals_90d_not_healthy_mrr
    from customer_contracts
),

-- Before the history began there is nothing to compare with, which is not zero.
earlier as (
    select
        sum(trend.account_count) as earlier_customer_count,
        sum(trend.mrr) as earlier_mrr,
        sum(case when trend.band = 'at_risk' then trend.account_count else 0 end) as earlier_at_risk_count,
        {{ known_sum('trend.mrr', "trend.band = 'at_risk'") }} as earlier_at_risk_mrr
    from trend
    inner join parameters on trend.score_date = parameters.as_of_date - 28
),

-- Only those who have a score at both ends moved between bands; of them, those moved who did it themselves.
moved as (
    select
        sum(case when band_now.band_order < band_before.band_order then movement.moved_by_customer_count else 0 end)
            as moved_down_count,
        sum(case when band_now.band_order > band_before.band_order then movement.moved_by_customer_count else 0 end)
            as moved_up_count,
        sum(movement.moved_by_availability_count) as moved_by_availability_count,
        sum(movement.moved_by_model_count) as moved_by_model_count,
        sum(case when movement.band = 'not_a_customer' then movement.account_count else 0 end) as left_count,
        sum(case when movement.earlier_band = 'not_a_customer' then movement.account_count else 0 end) as came_count
    from movement
    left join bands as band_before on movement.earlier_band = band_before.band
    left join bands as band_now on movement.band = band_now.band
),

listed as (select count(*) as attention_count from attention)

select
    cast(today.customer_count as bigint) as customer_count,
    cast(today.scored_count as bigint) as scored_count,
    cast(today.at_risk_count as bigint) as at_risk_count,
    cast(earlier.earlier_customer_count as bigint) as earlier_customer_count,
    cast(earlier.earlier_at_risk_count as bigint) as earlier_at_risk_count,
    cast(listed.attention_count as bigint) as attention_count,
    cast(moved.moved_down_count as bigint) as moved_down_count,
    cast(moved.moved_up_count as bigint) as moved_up_count,
    cast(moved.moved_by_availability_count as bigint) as moved_by_availability_count,
    cast(moved.moved_by_model_count as bigint) as moved_by_model_count,
    cast(moved.left_count as bigint) as left_count,
    cast(moved.came_count as bigint) as came_count,
    cast(renewing.renewals_90d_not_healthy_count as bigint) as renewals_90d_not_healthy_count,
    cast(today.health_score_by_mrr as double) as health_score_by_mrr,
    cast(today.earlier_health_score_by_mrr as double) as earlier_health_score_by_mrr,
    cast(today.mean_health_score as double) as mean_health_score,
    cast(today.earlier_mean_health_score as double) as earlier_mean_health_score,
    cast(today.mrr as decimal(18, 2)) as mrr,
    cast(today.unvalued_account_count as bigint) as unvalued_account_count,
    cast(earlier.earlier_mrr as decimal(18, 2)) as earlier_mrr,
    cast(today.at_risk_mrr as decimal(18, 2)) as at_risk_mrr,
    cast(earlier.earlier_at_risk_mrr as decimal(18, 2)) as earlier_at_risk_mrr,
    cast(renewing.renewals_90d_not_healthy_mrr as decimal(18, 2)) as renewals_90d_not_healthy_mrr,
    parameters.as_of_date
from parameters
cross join today
cross join renewing
cross join earlier
cross join moved
cross join listed
