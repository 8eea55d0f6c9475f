with

backtest as (select * from {{ ref('fct_health_backtest') }} where dimension = 'all'),

band_stability as (select * from {{ ref('int_band_stability') }}),

thresholds as (select * from {{ ref('int_silence_thresholds') }} where segment = 'all'),

led as (
    {{ leading_label() }}
),

{%- set rules = ['recency', 'active_days_28d', 'active_days_90d', 'usage_trend', 'csm_sentiment', 'previous_version'] %}
{%- set compared = ['auc', 'score_advantage', 'score_advantage_low', 'score_advantage_high'] %}

-- One row of each rule, so the greatest is the only one.
rules as (
    select
        model_version_id,
        label,
        horizon_days,
        {%- for rule in rules %}
            {%- for name in compared %}
                max(case when predictor = '{{ rule }}' then {{ name }} end) as {{ rule }}_{{ name }},
            {%- endfor %}
            max(case when predictor = '{{ rule }}' then status end) as {{ rule }}_status
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from backtest
    group by model_version_id, label, horizon_days
)

select
    backtest.model_version_id,
    backtest.label,
    backtest.horizon_days,
    backtest.label = led.label as is_leading,
    thresholds.threshold_days as silence_days,
    thresholds.return_rate as silence_return_rate,
    backtest.first_snapshot_date,
    backtest.last_snapshot_date,
    backtest.row_count,
    backtest.account_count,
    backtest.event_account_count,
    backtest.outcome_rate,
    backtest.status,
    backtest.mean_value_of_events as mean_score_of_events,
    backtest.mean_value_of_stays as mean_score_of_stays,
    backtest.auc,
    backtest.auc_low,
    backtest.auc_high,
    backtest.mrr_weighted_auc,
    backtest.average_precision,
    backtest.lift,
    backtest.lift_low,
    backtest.lift_high,
    backtest.mrr_weighted_lift,
    backtest.capture_rate,
    backtest.surprise_rate,
    backtest.surprise_rate_low,
    backtest.surprise_rate_high,
    backtest.false_alarm_rate,
    backtest.false_alarm_rate_low,
    backtest.false_alarm_rate_high,
    backtest.flagged_stay_rate,
    {%- for rule in rules %}
        rules.{{ rule }}_auc,
        rules.{{ rule }}_score_advantage as advantage_over_{{ rule }},
        rules.{{ rule }}_score_advantage_low as advantage_over_{{ rule }}_low,
        rules.{{ rule }}_score_advantage_high as advantage_over_{{ rule }}_high,
        case
            when rules.{{ rule }}_status is null then 'not_compared'
            when rules.{{ rule }}_status != 'ok' then rules.{{ rule }}_status
            when rules.{{ rule }}_score_advantage_low > 0 then 'yes'
            when rules.{{ rule }}_score_advantage_high < 0 then 'no'
            else 'cannot_tell'
        end as beats_{{ rule }},
    {%- endfor %}
    case when backtest.label = 'churn' then band_stability.warned_count end as warned_count,
    case when backtest.label = 'churn' then band_stability.churn_count end as churn_count,
    case when backtest.label = 'churn' then band_stability.warning_days_median end as warning_days_median,
    case when backtest.label = 'churn' then band_stability.days_to_decision_median end as days_to_decision_median,
    band_stability.band_changes_per_quarter,
    band_stability.mean_weekly_change
from backtest
inner join rules using (model_version_id, label, horizon_days)
cross join led
left join band_stability using (model_version_id)
left join thresholds
    on
        backtest.label = 'silence'
        and cast(date_trunc('quarter', backtest.last_snapshot_date) as date) = thresholds.settled_on
where backtest.predictor = 'health_score'
