{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

{%- set measures = [
    'opened', 'opened_priced', 'opened_with_history', 'escalated', 'reply_due', 'reply_in_time',
    'first_resolution_with_history', 'reopened', 'solved_with_history', 'one_touch', 'rated', 'rated_good',
] -%}
with

activity as (
    select * from {{ ref('fct_segment_activity_daily') }}
    where dimension != 'account' and {{ is_rebuilt('activity_date') }}
),

spans as (select * from {{ ref('fct_segment_ticket_spans') }}),

dates as (select * from {{ ref('dim_dates') }}),

named as (
    select
        dimension,
        segment,
        measure,
        counted_from,
        counted_to
    from spans
    union all
    select
        dimension,
        segment,
        'opened_priced' as measure,
        counted_from,
        counted_to
    from spans
    where measure = 'opened' and is_priced
),

changes as (
    select
        dimension,
        segment,
        measure,
        counted_from as change_date,
        1 as ticket_change
    from named
    union all
    select
        dimension,
        segment,
        measure,
        counted_to as change_date,
        -1 as ticket_change
    from named
),

summed as (
    select
        dimension,
        segment,
        {% for measure in measures %}
            sum(ticket_change) filter (where measure = '{{ measure }}') as {{ measure }},
        {% endfor %}
        change_date
    from changes
    group by dimension, segment, change_date
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

select
    activity.dimension,
    activity.segment,
    activity.activity_date,
    {% for measure in measures %}
        cast(running.{{ measure }} as bigint) as {{ measure }}_ticket_count,
    {% endfor %}
    activity.account_count,
    activity.mau
from activity
inner join running using (dimension, segment, activity_date)
