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


{#- The step `spans`: unbroken spans of one state, from a step that says what it is from each change_date on. -#}
{% macro spans_of_state(from_step, state, by) -%}
turns as (
    select *
    from {{ from_step }}
    qualify
        {{ state }} is distinct from lag({{ state }}) over (
            partition by {{ by | join(', ') }}
            order by change_date
        )
),

spans as (
    select
        {{ by | join(', ') }},
        {{ state }},
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over (
            partition by {{ by | join(', ') }}
            order by change_date
        ) as end_date
    from turns
)
{%- endmacro %}
