{%- for metric in var('metrics') %}
{%- set about = graph.nodes['model.customer_health.metric_' ~ metric] if execute else {'description': '', 'config': {'meta': {}}} %}
select
    '{{ metric }}' as metric,
    '{{ about.description.replace(" One row per metric date, dimension and segment.", "") | trim | replace("'", "''") }}' as definition,
    '{{ about.config.meta.unit }}' as unit,
    '{{ about.config.meta.direction }}' as direction,
    '{{ about.config.meta.source }}' as source,
    '{{ about.config.meta.owner }}' as owner,
    cast({{ about.config.meta.window_days or 0 }} as integer) as window_days,
    cast({{ about.config.meta.min_n or 0 }} as integer) as minimum_sample_size
{% if not loop.last %}union all{% endif %}
{%- endfor %}
