{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='score_date') }}

{%- for component in var('health_components') %}
    select * from {{ ref('component_' ~ component) }}
    where {{ is_rebuilt('score_date') }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
