{#- A time of day on a day, as a wall clock shows it; `24:00` is the midnight that ends the day. -#}
{% macro wall_time(day, clock) -%}
    case
        when {{ clock }} = '24:00' then cast({{ day }} + 1 as timestamp)
        else cast(cast({{ day }} as string) || ' ' || {{ clock }} || ':00' as timestamp)
    end
{%- endmacro %}


{#- Number of the weekday of a day, 1 for Monday. -#}
{% macro iso_weekday(day) -%}
    {{ days_between("cast(date_trunc('week', " ~ day ~ ") as date)", day) }} + 1
{%- endmacro %}
