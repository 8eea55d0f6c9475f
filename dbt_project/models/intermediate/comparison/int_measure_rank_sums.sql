with

measures as (select * from {{ ref('int_account_measures_monthly') }}),

outcomes as (select * from {{ ref('int_account_outcomes_monthly') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- One row per account: the newest month end whose outcomes are final at every lag, the same for all lags.
newest as (
    select
        outcomes.outcome,
        max(outcomes.snapshot_date) as snapshot_date
    from outcomes
    inner join parameters on outcomes.matures_on <= parameters.as_of_date
    where
        outcomes.lag_weeks = 8
        and outcomes.outcome_value is not null
    group by outcomes.outcome
),

compared as (
    select
        outcomes.outcome,
        outcomes.lag_weeks,
        outcomes.snapshot_date,
        measures.measure,
        segments.dimension,
        segments.segment,
        measures.metric_value,
        measures.log_usage,
        outcomes.outcome_value
    from newest
    inner join outcomes using (outcome, snapshot_date)
    inner join measures using (account_id, snapshot_date)
    inner join segments
        on
            outcomes.account_id = segments.account_id
            and outcomes.snapshot_date = segments.activity_date
    where
        outcomes.outcome_value is not null
        and measures.log_usage is not null
        and measures.measure != outcomes.outcome
        and segments.dimension in ('all', 'plan', 'size_band', 'tenure_band')
),

-- Twice the mean rank less the middle one: whole numbers around zero, so that sums are exact in any order.
ranked as (
    select
        outcome,
        lag_weeks,
        snapshot_date,
        measure,
        dimension,
        segment,
        outcome_value,
        {%- for column in ['metric_value', 'outcome_value', 'log_usage'] %}
            {{ doubled_mean_rank(column, ['outcome', 'lag_weeks', 'measure', 'dimension', 'segment']) }}
            - count(*) over (partition by outcome, lag_weeks, measure, dimension, segment) - 1 as {{ column }}_rank
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from compared
)

select
    outcome,
    lag_weeks,
    measure,
    dimension,
    segment,
    count(*) as account_count,
    count(*) filter (where outcome_value > 0) as outcome_count,
    cast(sum(metric_value_rank * metric_value_rank) as double) as measure_squares,
    cast(sum(outcome_value_rank * outcome_value_rank) as double) as outcome_squares,
    cast(sum(log_usage_rank * log_usage_rank) as double) as usage_squares,
    cast(sum(metric_value_rank * outcome_value_rank) as double) as measure_outcome_products,
    cast(sum(metric_value_rank * log_usage_rank) as double) as measure_usage_products,
    cast(sum(outcome_value_rank * log_usage_rank) as double) as outcome_usage_products,
    max(snapshot_date) as snapshot_date
from ranked
group by outcome, lag_weeks, measure, dimension, segment
