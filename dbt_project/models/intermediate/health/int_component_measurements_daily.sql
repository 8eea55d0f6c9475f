{% for about in component_catalogue() %}
    select
        account_id,
        score_date,
        '{{ about.name }}' as component,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(sample_size as double) as sample_size,
        measured_on,
        {{ about.as_of or 'score_date' }} as known_on,
        unavailable_reason
    from {{ ref('component_' ~ about.name) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
