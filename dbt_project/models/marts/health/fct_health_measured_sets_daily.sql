{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

with

scores as (select * from {{ ref('fct_health_component_scores_daily') }} where {{ is_rebuilt('score_date') }})

-- The same few components are missing for most accounts, so weights are worked out once per set.
select
    account_id,
    score_date,
    model_version_id,
    {%- for component in var('health_components') %}
        {% if not loop.first %}|| {% endif -%}
        case when bool_or(component = '{{ component }}' and is_available) then '|{{ component }}|' else '' end
    {%- endfor %} as measured_set
from scores
group by account_id, score_date, model_version_id
