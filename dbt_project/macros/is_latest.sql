{#- True for the newest statement about a thing: the one that says so by its own time of change, else
    the one in the later file by the natural order of names, else the later line. File names and
    lines belong to the raw data, so the choice does not depend on the order of loading. -#}
{% macro is_latest(key, newest_by) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by
            {%- for column in newest_by %}
            {{ column }} desc nulls last,
            {%- endfor %}
            {{ natural_order('landed_file') }} desc,
            landed_file desc,
            landed_line desc
    ) = 1
{%- endmacro %}
