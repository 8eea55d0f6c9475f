{% for tail in mann_kendall_tails() %}
    select
        cast({{ tail.point_count }} as bigint) as point_count,
        cast({{ tail.score }} as bigint) as score,
        cast({{ tail.orders }} as double) / cast({{ tail.total }} as double) as p_value
    {% if not loop.last %}union all{% endif %}
{% endfor %}
