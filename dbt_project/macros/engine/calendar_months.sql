{#- The day some calendar months later; where that month is too short, its last day. -#}
{% macro months_later(day, months) -%}
    {{ return(adapter.dispatch('months_later')(day, months)) }}
{%- endmacro %}

{% macro default__months_later(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{% macro spark__months_later(day, months) -%}
    add_months({{ day }}, cast({{ months }} as int))
{%- endmacro %}


{#- Whole calendar months that lie between two days: the most that months_later can go without passing the later one. -#}
{% macro months_completed(earlier, later) -%}
    {%- set touched -%}
        ((extract(year from {{ later }}) - extract(year from {{ earlier }})) * 12
        + extract(month from {{ later }}) - extract(month from {{ earlier }}))
    {%- endset -%}
    cast({{ touched }} - case when {{ months_later(earlier, touched) }} > {{ later }} then 1 else 0 end as integer)
{%- endmacro %}
