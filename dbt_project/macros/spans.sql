{#- Spans of days hold first_date and end_date, the day after the last. Two of them have a day in common. -#}
{% macro spans_overlap(one, other) -%}
    ({{ one }}.first_date < {{ other }}.end_date and {{ other }}.first_date < {{ one }}.end_date)
{%- endmacro %}


{#- Entries (1) less exits (-1) of spans, by the given columns and change_date: their running sum is the number of spans
    that hold a day, counted without joining any day to its past. -#}
{% macro span_changes(from_step, by) -%}
    select
        {{ by | join(', ') }},
        change_date,
        cast(sum(span_change) as bigint) as span_change
    from (
        select
            {{ by | join(', ') }},
            first_date as change_date,
            1 as span_change
        from {{ from_step }}
        union all
        select
            {{ by | join(', ') }},
            end_date,
            -1
        from {{ from_step }}
    ) as entries_and_exits
    group by {{ by | join(', ') }}, change_date
{%- endmacro %}
