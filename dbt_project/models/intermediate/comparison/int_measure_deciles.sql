with

measures as (select * from {{ ref('int_account_measures_monthly') }}),

outcomes as (select * from {{ ref('int_account_outcomes_monthly') }}),

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
ranked as (
    select
        *,
        {{ doubled_mean_rank('metric_value', ['measure', 'snapshot_date']) }} as doubled_rank,
        count(*) over (partition by measure, snapshot_date) as month_count
    from at_risk
),

placed as (
    select
        *,
        cast(floor(10 * (doubled_rank - 1) / (2.0 * month_count)) as bigint) + 1 as decile
    from ranked
),

counted as (
    select
        measure,
        decile,
        count(*) as account_month_count,
        cast(sum(has_left) as bigint) as left_count,
        cast(sum(has_left) as double) / count(*) as churn_rate,
        min(metric_value) as lowest_value,
        max(metric_value) as highest_value
    from placed
    group by measure, decile
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
