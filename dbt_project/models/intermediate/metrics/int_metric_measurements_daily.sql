{% for about in metric_catalogue() %}
    select
        metric_date,
        '{{ about.metric }}' as metric,
        dimension,
        segment,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(sample_size as double) as sample_size,
        cast({{ 'metric_value' if about.kind == 'measured' else 'null' }} as double) as metric_value,
        cast({{ 'interval_low' if about.kind == 'measured' else 'null' }} as double) as interval_low,
        cast({{ 'interval_high' if about.kind == 'measured' else 'null' }} as double) as interval_high,
        cast({{ 'matures_on' if about.matures_later else 'null' }} as date) as matures_on
    from {{ ref('metric_' ~ about.metric) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
