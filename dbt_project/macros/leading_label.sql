{#- The outcome with which the page leads, in one row: churn, unless too few are known to have left and enough went silent,
    or nobody left at all and somebody went silent. It reads the step `backtest`. -#}
{% macro leading_label() -%}
    select
        case
            when bool_or(label = 'churn' and status = 'ok') then 'churn'
            when bool_or(label = 'silence' and status = 'ok') then 'silence'
            when bool_or(label = 'churn' and event_account_count > 0) then 'churn'
            when bool_or(label = 'silence' and event_account_count > 0) then 'silence'
            else 'churn'
        end as label
    from backtest
    where model_version_id = 'all' and dimension = 'all' and predictor = 'health_score'
{%- endmacro %}
