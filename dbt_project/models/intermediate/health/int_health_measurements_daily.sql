{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- for component in var('health_components') %}
    select * from {{ ref('component_' ~ component) }}
    where {{ in_rebuild_window('score_date') }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
