{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- for condition in var('health_conditions') %}
    select * from {{ ref('condition_' ~ condition) }}
    where {{ in_rebuild_window('score_date') }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
