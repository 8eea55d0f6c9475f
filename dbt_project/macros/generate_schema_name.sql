{#- The layer is the schema, in every target: models in marts/ are built as marts.<model>. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
