{#- What happened by day and by where in the product, of which kind: the sources whose rows say so. A place is named alike in
    all of them, whatever letters and dashes each writes. -#}
{% macro happened_at_places(first_day) -%}
{%- set told_by = [
    ('product_error_logs', 'place', 'feature_id', 'int_errors_deduplicated', 'activity_date', '1'),
    ('product_error_logs', 'error', 'error_type', 'int_errors_deduplicated', 'activity_date', '1'),
    ('support_tickets', 'place', 'product_area', 'fct_tickets', 'created_date', '1'),
    ('support_tickets', 'ticket_type', 'ticket_type', 'fct_tickets', 'created_date', '1'),
    ('billing_payments', 'failure', 'failure_code', 'int_payments_deduplicated', local_day('attempted_at'),
     "case when status = 'failed' then 1 else 0 end"),
    ('product_performance_logs', 'route', 'route', 'int_samples_summed_to_days', 'activity_date',
     'coalesce(failed_count, 0) + coalesce(slow_count, 0)'),
    ('product_events', 'place', 'feature_id', 'fct_feature_usage_daily', 'activity_date', 'event_count'),
] -%}
    {%- for source, kind, place, model, day, amount in told_by %}
    select
        '{{ source }}' as source,
        '{{ kind }}' as kind,
        replace(replace(lower({{ place }}), '_', ' '), '-', ' ') as place,
        {{ day }} as happened_on,
        cast(sum({{ amount }}) as double) as amount
    from {{ ref(model) }}
    where {{ day }} >= {{ first_day }}
    group by replace(replace(lower({{ place }}), '_', ' '), '-', ' '), {{ day }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}
