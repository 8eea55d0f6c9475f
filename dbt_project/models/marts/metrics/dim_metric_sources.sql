{% for about in metric_catalogue() %}
    {%- for needed in about.sources %}
        select
            '{{ about.metric }}' as metric,
            '{{ needed }}' as source
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
