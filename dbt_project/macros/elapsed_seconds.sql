{#- Seconds from a beginning to what followed. Clocks of different precision can put the answer before the question: up to
    two seconds before counts as at once, and what is earlier still has no time. -#}
{% macro elapsed_seconds(beginning, later) -%}
    cast(
        case
            when {{ later }} >= {{ beginning }} - interval '2 seconds'
                then greatest({{ seconds_between(beginning, later) }}, 0)
        end as double
    )
{%- endmacro %}
