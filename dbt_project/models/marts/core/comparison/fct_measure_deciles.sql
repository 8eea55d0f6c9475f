with

measures as (select * from {{ ref('fct_account_measures_monthly') }}),

outcomes as (select * from {{ ref('fct_account_outcomes_monthly') }}),

at_risk as (
    select
        measures.measure,
        measures.metric_value,
        outcomes.snapshot_date,
        cast(outcomes.outcome_value as bigint) as has_left
    from measures
    inner join outcomes using (account_id, snapshot_date)
    where
        outcomes.outcome = 'churn_28d'
        and outcomes.outcome_value is not null
),

-- Within each month, so that a better month for all is not a better decile. Equal values share one.
placed as (
    select
        *,
        floor(
            10 * (
                rank() over (
                    partition by measure, snapshot_date
                    order by metric_value
                )
                - 1
                + count(*) over (partition by measure, snapshot_date, metric_value) / 2.0
            )
            / count(*) over (partition by measure, snapshot_date)
        ) + 1 as decile
    from at_risk
),

counted as (
    select
        measure,
        cast(decile as bigint) as decile,
        count(*) as account_month_count,
        cast(sum(has_left) as bigint) as left_count,
        cast(sum(has_left) as double) / count(*) as churn_rate,
        min(metric_value) as lowest_value,
        max(metric_value) as highest_value
    from placed
    group by measure, cast(decile as bigint)
)

select
    measure,
    decile,
    account_month_count,
    left_count,
    churn_rate,
    {{ wilson_bound('churn_rate', 'account_month_count', -1) }} as churn_rate_low,
    {{ wilson_bound('churn_rate', 'account_month_count', 1) }} as churn_rate_high,
    lowest_value,
    highest_value
from counted
