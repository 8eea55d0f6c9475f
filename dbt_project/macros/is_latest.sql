{#- True for the newest state of a thing. A state that landed in a later file is newer; file names
    and lines belong to the raw data, so the choice does not depend on the order of loading. -#}
{% macro is_latest(key, newest_by) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by
            {%- for column in newest_by %}
            {{ column }} desc nulls last,
            {%- endfor %}
            landed_file desc,
            landed_line desc
    ) = 1
{%- endmacro %}
