with

accounts as (select * from {{ ref('rpt_accounts') }}),

contracts as (select * from {{ ref('fct_contracts_due') }}),

account_days as (select * from {{ ref('fct_account_daily') }} where is_in_population),

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

-- The customers of each of the two days, whoever of them is one on the other. A sum is of the known prices, and
-- those without one are counted beside it; of unknown ones alone it is empty.
summed as (
    select
        account_days.activity_date,
        count(*) as customer_count,
        sum(account_days.mrr) as mrr,
        count(*) - count(account_days.mrr) as unvalued_account_count,
        count(account_days.health_score) as scored_count,
        {{ sum_weighed_by_amount('account_days.health_score', 'account_days.mrr') }}
        / nullif(sum(case when account_days.health_score is not null then account_days.mrr end), 0)
            as health_score_by_mrr,
        cast(avg(cast(account_days.health_score as decimal(18, 9))) as double) as mean_health_score,
        case
            when count(account_days.health_score) > 0 then count(case when account_days.band = 'at_risk' then 1 end)
        end as at_risk_count,
        case
            when count(account_days.health_score) > 0
                then {{ known_sum('account_days.mrr', "account_days.band = 'at_risk'") }}
        end as at_risk_mrr
    from account_days
    inner join parameters on account_days.activity_date in (parameters.as_of_date, parameters.as_of_date - 28)
    group by account_days.activity_date
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
    cast(coalesce(today.customer_count, 0) as bigint) as customer_count,
    cast(coalesce(today.scored_count, 0) as bigint) as scored_count,
    cast(today.at_risk_count as bigint) as at_risk_count,
    cast(earlier.customer_count as bigint) as earlier_customer_count,
    cast(earlier.at_risk_count as bigint) as earlier_at_risk_count,
    cast(listed.attention_count as bigint) as attention_count,
    cast(moved.moved_down_count as bigint) as moved_down_count,
    cast(moved.moved_up_count as bigint) as moved_up_count,
    cast(moved.moved_by_availability_count as bigint) as moved_by_availability_count,
    cast(moved.moved_by_model_count as bigint) as moved_by_model_count,
    cast(moved.left_count as bigint) as left_count,
    cast(moved.came_count as bigint) as came_count,
    cast(renewing.renewals_90d_not_healthy_count as bigint) as renewals_90d_not_healthy_count,
    cast(today.health_score_by_mrr as double) as health_score_by_mrr,
    cast(earlier.health_score_by_mrr as double) as earlier_health_score_by_mrr,
    cast(today.mean_health_score as double) as mean_health_score,
    cast(earlier.mean_health_score as double) as earlier_mean_health_score,
    cast(today.mrr as decimal(18, 2)) as mrr,
    cast(coalesce(today.unvalued_account_count, 0) as bigint) as unvalued_account_count,
    cast(earlier.mrr as decimal(18, 2)) as earlier_mrr,
    cast(today.at_risk_mrr as decimal(18, 2)) as at_risk_mrr,
    cast(earlier.at_risk_mrr as decimal(18, 2)) as earlier_at_risk_mrr,
    cast(renewing.renewals_90d_not_healthy_mrr as decimal(18, 2)) as renewals_90d_not_healthy_mrr,
    parameters.as_of_date
from parameters
cross join renewing
cross join moved
cross join listed
left join summed as today on parameters.as_of_date = today.activity_date
-- Before the history began there is nothing to compare with, which is not zero.
left join summed as earlier on parameters.as_of_date - 28 = earlier.activity_date
