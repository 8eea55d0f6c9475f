{{ config(meta={'dagster': {'ref': {'name': 'int_health_false_alarms'}}}) }}

-- Helped, left alone and not known are together all at risk, whose rate the track record has too.
with

alarms as (select * from {{ ref('int_health_false_alarms') }}),

backtest as (
    select * from {{ ref('fct_health_backtest') }}
    where
        model_version_id = 'all'
        and dimension = 'all'
        and predictor = 'health_score'
        and false_alarm_rate is not null
),

parts as (
    select
        label,
        horizon_days,
        sum(case when treatment = 'all' then stay_count else -stay_count end) as stays_left_over,
        max(case when treatment = 'all' then false_alarm_rate end) as false_alarm_rate
    from alarms
    group by label, horizon_days
)

select
    label,
    horizon_days,
    parts.false_alarm_rate,
    backtest.false_alarm_rate as backtest_false_alarm_rate
from backtest
full outer join parts using (label, horizon_days)
where
    parts.stays_left_over is distinct from 0
    or coalesce(abs(parts.false_alarm_rate - backtest.false_alarm_rate) > 1e-12, true)
