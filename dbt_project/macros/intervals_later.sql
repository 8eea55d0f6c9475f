{#- The day some intervals of a cohort later: weeks of seven days, or calendar months. -#}
{% macro intervals_later(period, day, intervals) -%}
    case {{ period }}
        when 'week' then {{ day }} + 7 * cast({{ intervals }} as integer)
        when 'month' then {{ months_later(day, intervals) }}
    end
{%- endmacro %}
