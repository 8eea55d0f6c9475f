{#- A double as text that both engines write alike: twelve significant digits and a power of ten. Zero has no sign. -#}
{% macro digits_of_double(number) -%}
    {{ return(adapter.dispatch('digits_of_double')('(case when ' ~ number ~ ' = 0 then 0 else cast(' ~ number ~ ' as double) end)')) }}
{%- endmacro %}

{% macro default__digits_of_double(number) -%} format('{:.11e}', {{ number }}) {%- endmacro %}

{% macro spark__digits_of_double(number) -%}
    case when {{ number }} is not null then format_string('%.11e', {{ number }}) end
{%- endmacro %}
