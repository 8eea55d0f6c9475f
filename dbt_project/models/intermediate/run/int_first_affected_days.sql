-- depends_on: {{ ref('stg_run__replays') }}, {{ ref('stg_run__loads') }}, {{ ref('stg_run__built_loads') }}
{% set newly = newly_landed() %}
{% for landed in landed_tables() %}
    {{ first_affected_day(landed, newly) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
