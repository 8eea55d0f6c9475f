{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{%- set measures = [
    'opened', 'opened_priced', 'opened_with_priorities', 'escalated', 'reply_due', 'reply_in_time',
    'first_resolution_with_history', 'reopened', 'solved_with_history', 'one_touch', 'rated', 'rated_good',
] -%}
with

activity as (
    select * from {{ ref('int_segment_activity_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date') }}
),

intervals as (select * from {{ ref('int_segment_ticket_intervals') }}),

dates as (select * from {{ ref('int_days_spined') }}),

named as (
    select
        dimension,
        segment,
        measure,
        counted_from,
        counted_to
    from intervals
    union all
    select
        dimension,
        segment,
        'opened_priced' as measure,
        counted_from,
        counted_to
    from intervals
    where measure = 'opened' and is_priced
),

changes as (
    select
        dimension,
        segment,
        measure,
        counted_from as change_date,
        1 as amount
    from named
    union all
    select
        dimension,
        segment,
        measure,
        counted_to as change_date,
        -1 as amount
    from named
),

{{ standing_amounts(measures) }}

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
