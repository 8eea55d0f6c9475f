with

rules as (select * from {{ ref('dim_alert_rules') }}),

evaluations as (select * from {{ ref('int_alert_evaluations_daily') }}),

judged as (select * from {{ ref('int_alert_outcomes') }}),

outcomes as (
    select * from {{ ref('fct_account_outcomes') }}
    where label = 'churn' and horizon_days = {{ var('alert_outcome_days') }} and is_event is not null
),

parameters as (select * from {{ ref('stg_run__parameters') }}),

alerts_counted as (
    select
        rule,
        count(*) as alert_count,
        count(*) filter (where is_told) as told_alert_count,
        count(*) filter (where is_already_leaving) as already_leaving_alert_count,
        count(is_event) as judged_alert_count,
        count(distinct case when is_event is not null then entity_id end) as judged_account_count,
        count(*) filter (where is_event) as right_alert_count,
        median(lead_days) filter (where is_event) as median_lead_days,
        min(lead_days) filter (where is_event) as least_lead_days,
        max(lead_days) filter (where is_event) as most_lead_days
    from judged
    group by rule
),

days_counted as (
    select
        evaluations.rule,
        count(*) as day_count,
        sum(evaluations.evaluated_count) as evaluated_count,
        max(case when evaluations.alert_date = parameters.as_of_date then evaluations.alert_open_count end)
            as alert_open_count
    from evaluations
    cross join parameters
    group by evaluations.rule
),

base as (select avg(cast(is_event as integer)) as base_rate from outcomes),

rated as (
    select
        rules.rule,
        rules.status,
        rules.grain,
        rules.label,
        rules.owner,
        rules.problem,
        coalesce(days_counted.day_count, 0) as day_count,
        cast(coalesce(days_counted.evaluated_count, 0) as bigint) as evaluated_count,
        coalesce(alerts_counted.alert_count, 0) as alert_count,
        coalesce(alerts_counted.told_alert_count, 0) as told_alert_count,
        cast(coalesce(days_counted.alert_open_count, 0) as bigint) as alert_open_count,
        7.0 * coalesce(alerts_counted.told_alert_count, 0) / nullif(days_counted.day_count, 0) as told_alerts_per_week,
        coalesce(alerts_counted.already_leaving_alert_count, 0) as already_leaving_alert_count,
        coalesce(alerts_counted.judged_alert_count, 0) as judged_alert_count,
        coalesce(alerts_counted.right_alert_count, 0) as right_alert_count,
        alerts_counted.judged_account_count,
        alerts_counted.right_alert_count / nullif(cast(alerts_counted.judged_alert_count as double), 0)
            as alert_precision,
        case when rules.grain = 'account' then base.base_rate end as base_rate,
        alerts_counted.median_lead_days,
        alerts_counted.least_lead_days,
        alerts_counted.most_lead_days
    from rules
    left join days_counted on rules.rule = days_counted.rule
    left join alerts_counted on rules.rule = alerts_counted.rule
    cross join base
)

-- Alerts about one account have one outcome, so the accounts are the trials.
select
    rule,
    status,
    grain,
    label,
    owner,
    problem,
    day_count,
    evaluated_count,
    alert_count,
    told_alert_count,
    alert_open_count,
    cast(told_alerts_per_week as double) as told_alerts_per_week,
    already_leaving_alert_count,
    judged_alert_count,
    right_alert_count,
    alert_precision,
    case when judged_alert_count > 0 then {{ wilson_bound('alert_precision', 'judged_account_count', -1) }} end
        as alert_precision_low,
    case when judged_alert_count > 0 then {{ wilson_bound('alert_precision', 'judged_account_count', 1) }} end
        as alert_precision_high,
    cast(base_rate as double) as base_rate,
    cast(median_lead_days as double) as median_lead_days,
    cast(least_lead_days as integer) as least_lead_days,
    cast(most_lead_days as integer) as most_lead_days
from rated
