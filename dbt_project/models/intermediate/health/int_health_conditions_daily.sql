{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

{%- for condition in var('health_conditions') %}
    select * from {{ ref('condition_' ~ condition) }}
    where {{ is_rebuilt('score_date') }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
