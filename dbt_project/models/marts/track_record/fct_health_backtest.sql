with

slices as (select * from {{ ref('int_health_backtest_slices') }}),

advantages as (select * from {{ ref('int_health_score_advantages') }}),

{%- set line = ['model_version_id', 'dimension', 'segment', 'predictor', 'label', 'horizon_days'] %}
{%- set lift_share = var('lift_share') %}

-- Accounts are counted, as one churn stands in many snapshots. Capture is of all accounts of a Monday.
rated as (
    select
        *,
        least(event_account_count, stay_account_count) >= {{ var('track_record_minimum_outcomes') }} as is_enough,
        event_count / row_count as outcome_rate,
        event_value_sum / nullif(event_count, 0) as mean_value_of_events,
        stay_value_sum / nullif(row_count - event_count, 0) as mean_value_of_stays,
        precision_sum / nullif(event_count, 0) as average_precision,
        caught_count / nullif(event_count, 0) as caught_share,
        caught_mrr_cents / nullif(event_mrr_cents, 0) as caught_mrr_share,
        case
            when model_version_id = 'all' and dimension = 'all' then cared_for_count / nullif(event_count, 0)
        end as capture_rate,
        case when predictor = 'health_score' then healthy_event_count / nullif(event_count, 0) end as surprise_rate,
        case when predictor = 'health_score' then at_risk_stay_count / nullif(at_risk_count, 0) end as false_alarm_rate,
        case
            when predictor = 'health_score' then at_risk_stay_count / nullif(row_count - event_count, 0)
        end as flagged_stay_rate
    from slices
)

select
    {%- for name in line %}
        rated.{{ name }},
    {%- endfor %}
    rated.first_snapshot_date,
    rated.last_snapshot_date,
    cast(rated.row_count as bigint) as row_count,
    rated.account_count,
    cast(rated.event_count as bigint) as event_count,
    rated.event_account_count,
    rated.outcome_rate,
    case when rated.is_enough then 'ok' else 'insufficient_outcomes' end as status,
    rated.mean_value_of_events,
    rated.mean_value_of_stays,
    {%- for name, variance in [('auc', 'area'), ('mrr_weighted_auc', 'weighted_area')] %}
        case when rated.is_enough then rated.{{ name }} end as {{ name }},
        {%- for side, end in [(-1, 'low'), (1, 'high')] %}
            case
                when rated.is_enough then {{ area_bound('rated.' ~ name, 'rated.' ~ variance ~ '_variance', side) }}
            end as {{ name }}_{{ end }},
        {%- endfor %}
    {%- endfor %}
    case when rated.is_enough then rated.average_precision end as average_precision,
    {%- for name, share, variance in [
        ('lift', 'caught_share', 'caught'), ('mrr_weighted_lift', 'caught_mrr_share', 'caught_mrr'),
    ] %}
        case when rated.is_enough then rated.{{ share }} / {{ lift_share }} end as {{ name }},
        {%- for side, end in [(-1, 'low'), (1, 'high')] %}
            case
                when rated.is_enough
                    then {{ clustered_wilson_bound('rated.' ~ share, 'rated.' ~ variance ~ '_variance',
                        'rated.event_count', 'rated.event_account_count', side) }} / {{ lift_share }}
            end as {{ name }}_{{ end }},
        {%- endfor %}
    {%- endfor %}
    {%- for name, variance, rows, accounts in [
        ('capture_rate', 'cared_for', 'event_count', 'event_account_count'),
        ('surprise_rate', 'surprise', 'event_count', 'event_account_count'),
        ('false_alarm_rate', 'false_alarm', 'at_risk_count', 'at_risk_account_count'),
    ] %}
        rated.{{ name }},
        {%- for side, end in [(-1, 'low'), (1, 'high')] %}
            case
                when rated.{{ name }} is not null
                    then {{ clustered_wilson_bound('rated.' ~ name, 'rated.' ~ variance ~ '_variance', 'rated.' ~ rows,
                        'rated.' ~ accounts, side) }}
            end as {{ name }}_{{ end }},
        {%- endfor %}
    {%- endfor %}
    rated.flagged_stay_rate,
    case when rated.is_enough then advantages.score_advantage end as score_advantage,
    {%- for side, end in [(-1, 'low'), (1, 'high')] %}
        case
            when rated.is_enough
                then advantages.score_advantage + {{ side }} * 1.959964 * sqrt(advantages.advantage_variance)
        end as score_advantage_{{ end }}
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from rated
left join advantages using ({{ line | join(', ') }})
