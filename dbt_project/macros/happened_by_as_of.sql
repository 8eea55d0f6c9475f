{#- Keeps what had happened by the end of the last complete day. A time that is not known is kept. -#}
{% macro happened_by_as_of(column) -%}
    coalesce(
        {{ local_day(column) }} <= (select as_of_date from {{ ref('stg_run__parameters') }}),
        true
    )
{%- endmacro %}
