{% for about in metric_catalogue() %}
    {%- for source in [about.source] + about.get('needs', []) %}
        select
            '{{ about.metric }}' as metric,
            '{{ source }}' as source
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
