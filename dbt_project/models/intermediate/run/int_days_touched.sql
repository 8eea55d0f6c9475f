{% for landed in landed_tables() %}
    {{ touched_from(landed) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
