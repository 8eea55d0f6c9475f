{#- The same stranger's name for the same person everywhere; without the key nobody gets back.
    The key is read from the warehouse, so it stands in no compiled SQL and no log. -#}
{% macro pseudonym(column) -%}
    {{ keyed_hash("(select pseudonym_key from " ~ source('run', 'pseudonym_key') ~ ")", column) }}
{%- endmacro %}
