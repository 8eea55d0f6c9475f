{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

{%- for about in family_members('condition', 'health_conditions', var('health_conditions')) %}
    select
        account_id,
        score_date,
        '{{ about.name }}' as condition,
        cast(condition_value as double) as condition_value
    from {{ ref('condition_' ~ about.name) }}
    where {{ in_rebuild_window('score_date') }}
    {% if not loop.last %}union all{% endif %}
{%- endfor %}
