{#- What _metrics.yml says of a metric: kind, window_days, min_n, source and more. dbt knows the graph
    only when it compiles; a unit test puts its own dictionary in the place of this macro. -#}
{% macro about_metric(metric) %}
    {%- if execute -%}
        {{ return(graph.nodes['model.customer_health.metric_' ~ metric].config.meta) }}
    {%- endif -%}
    {{ return({'kind': 'count', 'window_days': 1, 'min_n': 0, 'source': 'product_events'}) }}
{% endmacro %}
