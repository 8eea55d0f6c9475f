with

measures as (select * from {{ ref('int_account_measures_monthly') }}),

outcomes as (select * from {{ ref('int_account_outcomes_monthly') }}),

at_risk as (
    select
        measures.plan,
        measures.tenure_band,
        measures.metric_value,
        cast(outcomes.outcome_value as bigint) as has_left,
        count(*) over (partition by measures.plan, measures.tenure_band) as stratum_size
    from measures
    inner join outcomes using (account_id, snapshot_date)
    where
        measures.measure = 'slow_request_share'
        and outcomes.outcome = 'churn_28d'
        and outcomes.outcome_value is not null
),

-- Quartiles of exposure within plan and tenure: slow accounts are compared with accounts like them. Equal shares are in
-- the lowest quartile that they reach, so those who met nothing slow are the first.
ranked as (
    select
        *,
        rank() over (
            partition by plan, tenure_band
            order by metric_value
        ) as lowest_rank
    from at_risk
    where stratum_size >= {{ var('stratum_minimum_account_months') }}
),

placed as (
    select
        *,
        cast(floor(4 * (lowest_rank - 1) / cast(stratum_size as double)) as bigint) + 1 as quartile
    from ranked
)

select
    plan,
    tenure_band,
    quartile,
    count(*) as account_month_count,
    cast(sum(has_left) as bigint) as left_count,
    min(metric_value) as lowest_share,
    max(metric_value) as highest_share
from placed
group by plan, tenure_band, quartile
