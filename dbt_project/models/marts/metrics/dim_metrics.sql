{% for about in metric_catalogue() %}
    select
        '{{ about.metric }}' as metric,
        '{{ about.chapter }}' as chapter,
        '{{ about.label | replace("'", "''") }}' as label,
        '{{ about.definition | replace("'", "''") }}' as definition,
        '{{ about.unit }}' as unit,
        '{{ about.direction }}' as direction,
        '{{ about.source }}' as source,
        '{{ about.owner }}' as owner,
        '{{ about.kind }}' as kind,
        cast({{ about.window_days }} as integer) as window_days,
        cast({{ about.get('history_days', 0) }} as integer) as history_days,
        cast({{ about.min_n }} as integer) as minimum_sample_size
    {% if not loop.last %}union all{% endif %}
{% endfor %}
