{#- From which day to before which day a ticket counts in a measure of the last `days` days: from the day of `dated_by`,
    or of `starts_on` where what is counted happens later, until the window has passed or `ends_on` ends it.
    A measure of time brings its `seconds`, and leaves out what has none. -#}
{% macro ticket_interval(measure, from_step, dated_by, days, starts_on=none, ends_on=none, seconds=none, where=none) -%}
select
        ticket_id,
        '{{ measure }}' as measure,
        account_id,
        created_date,
        {% if starts_on %}greatest({{ starts_on }}, {{ dated_by }}){% else %}{{ dated_by }}{% endif %} as counted_from,
        {% if ends_on -%}
        least({{ dated_by }} + {{ days }}, coalesce({{ ends_on }}, {{ dated_by }} + {{ days }}))
        {%- else -%}
        {{ dated_by }} + {{ days }}
        {%- endif %} as counted_to,
        {{ seconds or 'cast(null as double)' }} as seconds
    from {{ from_step }}
    where
        {{ starts_on or dated_by }} is not null
        and {{ dated_by }} is not null
        {%- if seconds %}
        and {{ seconds }} is not null
        {%- endif %}
        {%- if where %}
        and {{ where }}
        {%- endif %}
{%- endmacro %}
