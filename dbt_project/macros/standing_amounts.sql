{#- Steps that end with `running`: how much of each measure stands in each segment at the end of each day. They read the
    steps `changes` (dimension, segment, measure, change_date, amount: what begins, less what ends), `activity`, which
    says which segments there are, and `dates`. -#}
{% macro standing_amounts(measures) -%}
-- What stood before the first day that is recorded stands on it: what ends without having begun would count below zero.
first_days as (select min(date_day) as date_day from dates),

summed as (
    select
        dimension,
        segment,
        {% for measure in measures %}
            sum(amount) filter (where measure = '{{ measure }}') as {{ measure }},
        {% endfor %}
        greatest(changes.change_date, first_days.date_day) as change_date
    from changes
    cross join first_days
    group by dimension, segment, greatest(changes.change_date, first_days.date_day)
),

named_segments as (
    select distinct
        dimension,
        segment
    from activity
),

running as (
    select
        named_segments.dimension,
        named_segments.segment,
        {% for measure in measures %}
            sum(coalesce(summed.{{ measure }}, 0)) over segment_history as {{ measure }},
        {% endfor %}
        dates.date_day as activity_date
    from named_segments
    cross join dates
    left join summed
        on
            named_segments.dimension = summed.dimension
            and named_segments.segment = summed.segment
            and dates.date_day = summed.change_date
    window segment_history as (
        partition by named_segments.dimension, named_segments.segment
        order by dates.date_day
    )
)
{%- endmacro %}
