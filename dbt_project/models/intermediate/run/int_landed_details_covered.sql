{% for detail in landed_details() %}
    select
        '{{ detail.source }}' as source,
        count(*) as row_count,
        min({{ local_day(detail.happened_at) }}) as first_date,
        max({{ local_day(detail.happened_at) }}) as last_date
    from {{ ref(detail.model) }}
    where
        ({{ detail.is_told }})
        and {{ happened_by_as_of(detail.happened_at) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
