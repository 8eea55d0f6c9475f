with

accounts as (select * from {{ ref('int_health_backtest_accounts') }}),

slices as (select * from {{ ref('int_health_backtest_slices') }} where event_count > 0 and event_count < row_count),

{%- set line = ['model_version_id', 'dimension', 'segment', 'label', 'horizon_days'] %}

influences as (
    select
        accounts.account_id,
        accounts.predictor,
        {%- for name in line %}
            accounts.{{ name }},
        {%- endfor %}
        slices.auc,
        {{ area_influence('accounts.win_count', 'accounts.loss_count', 'accounts.event_count',
            'accounts.row_count - accounts.event_count', 'slices.auc', 'slices.event_count',
            '(slices.row_count - slices.event_count)') }} as of_area
    from accounts
    inner join slices using ({{ line | join(', ') }}, predictor)
),

-- The two are asked about the same rows, so what an account adds to the one error is taken from the other.
compared as (
    select
        {%- for name in line %}
            rules.{{ name }},
        {%- endfor %}
        rules.predictor,
        scores.auc - rules.auc as score_advantage,
        scores.of_area - rules.of_area as of_advantage
    from influences as rules
    inner join influences as scores
        on
            rules.account_id = scores.account_id
            {%- for name in line %}
                and rules.{{ name }} = scores.{{ name }}
            {%- endfor %}
            and scores.predictor
            = case rules.predictor
                when 'csm_sentiment' then 'health_score_where_judged'
                when 'previous_version' then 'health_score_where_replaced'
                else 'health_score'
            end
    where rules.predictor not like 'health_score%'
)

select
    {{ line | join(',\n    ') }},
    predictor,
    score_advantage,
    {{ clustered_variance('of_advantage') }} as advantage_variance
from compared
group by {{ line | join(', ') }}, predictor, score_advantage
