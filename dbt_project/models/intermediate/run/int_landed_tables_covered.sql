{% for landed in landed_tables() %}
    select
        '{{ landed.system }}_{{ landed.table }}' as source,
        {{ 'true' if landed.is_flow else 'false' }} as is_flow,
        {%- if landed.happened_at %}
            min({{ local_day(landed.happened_at) }}) as first_date,
            max({{ local_day(landed.happened_at) }}) as last_date
        {%- else %}
            min(cast(null as date)) as first_date,
            max(cast(null as date)) as last_date
        {%- endif %}
    from {{ ref('stg_' ~ landed.system ~ '__' ~ landed.table) }}
    where
        rejection_reason is null
        {% if landed.happened_at %}and {{ happened_by_as_of(landed.happened_at) }}{% endif %}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
