-- depends_on: {{ ref('stg_run__replays') }}, which only tables of complete_exports ask
{% for landed in landed_tables() %}
    {{ touched_from(landed) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
