with

accounts as (select * from {{ ref('int_health_backtest_accounts') }}),

{%- set line = ['model_version_id', 'dimension', 'segment', 'predictor', 'label', 'horizon_days'] %}
{%- set kept = [
    'row_count', 'event_count', 'mrr_cents', 'event_mrr_cents', 'precision_sum', 'caught_count', 'caught_mrr_cents',
    'cared_for_count', 'event_value_sum', 'stay_value_sum', 'healthy_event_count', 'at_risk_count', 'at_risk_stay_count',
] %}
{%- set figures = ['area', 'weighted_area', 'caught', 'caught_mrr', 'cared_for', 'surprise', 'false_alarm'] %}

summed as (
    select
        {{ line | join(',\n        ') }},
        {%- for name in kept + ['win_count', 'win_mrr_cents'] %}
            cast(sum({{ name }}) as double) as {{ name }},
        {%- endfor %}
        min(first_snapshot_date) as first_snapshot_date,
        max(last_snapshot_date) as last_snapshot_date,
        count(*) as account_count,
        count(*) filter (where event_count > 0) as event_account_count,
        count(*) filter (where event_count < row_count) as stay_account_count,
        count(*) filter (where at_risk_count > 0) as at_risk_account_count
    from accounts
    group by {{ line | join(', ') }}
),

-- Nothing divided by nothing is empty, and so is all that follows from it.
measured as (
    select
        *,
        nullif(event_count, 0) as events,
        nullif(row_count - event_count, 0) as stays,
        nullif(event_mrr_cents, 0) as event_weight,
        nullif(mrr_cents - event_mrr_cents, 0) as stay_weight,
        nullif(at_risk_count, 0) as at_risk
    from summed
),

shared as (
    select
        *,
        win_count / events as auc,
        win_mrr_cents / event_weight as mrr_weighted_auc
    from measured
),

influences as (
    select
        {%- for name in line %}
            shared.{{ name }},
        {%- endfor %}
        {{ area_influence('accounts.win_count', 'accounts.loss_count', 'accounts.event_count',
            'accounts.row_count - accounts.event_count', 'shared.auc', 'shared.events', 'shared.stays') }} as of_area,
        {{ area_influence('accounts.win_mrr_cents', 'accounts.loss_mrr_cents', 'accounts.event_mrr_cents',
            'accounts.mrr_cents - accounts.event_mrr_cents', 'shared.mrr_weighted_auc', 'shared.event_weight',
            'shared.stay_weight') }} as of_weighted_area,
        {%- for name, part, whole, all_parts, all_wholes in [
            ('caught', 'caught_count', 'event_count', 'caught_count', 'events'),
            ('caught_mrr', 'caught_mrr_cents', 'event_mrr_cents', 'caught_mrr_cents', 'event_weight'),
            ('cared_for', 'cared_for_count', 'event_count', 'cared_for_count', 'events'),
            ('surprise', 'healthy_event_count', 'event_count', 'healthy_event_count', 'events'),
            ('false_alarm', 'at_risk_stay_count', 'at_risk_count', 'at_risk_stay_count', 'at_risk'),
        ] %}
            {{ ratio_influence(
                'accounts.' ~ part, 'accounts.' ~ whole, 'shared.' ~ all_parts, 'shared.' ~ all_wholes
            ) }} as of_{{ name }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from accounts
    inner join shared using ({{ line | join(', ') }})
),

varied as (
    select
        {{ line | join(',\n        ') }},
        {%- for name in figures %}
            {{ clustered_variance('of_' ~ name) }} as {{ name }}_variance
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from influences
    group by {{ line | join(', ') }}
)

select
    {%- for name in line + [
        'first_snapshot_date', 'last_snapshot_date', 'account_count', 'event_account_count', 'stay_account_count',
        'at_risk_account_count',
    ] + kept + ['auc', 'mrr_weighted_auc'] %}
        shared.{{ name }},
    {%- endfor %}
    {%- for name in figures %}
        varied.{{ name }}_variance
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from shared
inner join varied using ({{ line | join(', ') }})
