{% for about in component_catalogue() %}
    {%- for source in about.sources %}
        select
            '{{ about.name }}' as component,
            '{{ source }}' as source,
            {{ 'true' if loop.first else 'false' }} as is_measured_from,
            cast({{ about.covered_days }} as integer) as covered_days
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
