{#- First day of the week or month after the one that begins on a day. -#}
{% macro next_period(period, period_start) -%}
    case {{ period }}
        when 'week' then {{ period_start }} + 7
        when 'month' then cast(date_trunc('month', {{ period_start }} + 31) as date)
    end
{%- endmacro %}
