{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{%- set classes = [1, 16] %}

with

user_days as (
    select * from {{ ref('int_active_user_days') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

dates as (select * from {{ ref('int_days_spined') }} where {{ in_rebuild_window('date_day') }}),

-- The active day with which a user has so many in 28 days, and the first of them.
counted as (
    select
        dimension,
        segment,
        activity_date,
        {%- for fewest in classes %}
            lag(activity_date, {{ fewest - 1 }}) over user_history as first_of_{{ fewest }},
        {%- endfor %}
        lead(activity_date, 1, date '9999-12-31') over user_history as next_date
    from user_days
    where dimension != 'account'
    window user_history as (
        partition by dimension, segment, user_id
        order by activity_date
    )
),

-- Who has as many stays until the next active day, which is judged anew, or until the first one leaves the window.
spans as (
    {% for fewest in classes %}
        select
            dimension,
            segment,
            {{ fewest }} as active_days,
            activity_date as first_date,
            least(next_date, first_of_{{ fewest }} + 28) as end_date
        from counted
        where first_of_{{ fewest }} + 28 > activity_date
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

changes as (
    {{ span_changes('spans', ['dimension', 'segment', 'active_days']) }}
),

standing as (
    select
        dimension,
        segment,
        active_days,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over class_history as end_date,
        sum(span_change) over class_history as user_count
    from changes
    window class_history as (
        partition by dimension, segment, active_days
        order by change_date
    )
),

reached as (
    select
        standing.dimension,
        standing.segment,
        standing.active_days,
        dates.date_day as activity_date,
        standing.user_count
    from standing
    inner join dates on standing.first_date <= dates.date_day and standing.end_date > dates.date_day
    where standing.user_count > 0
),

-- Who is in the higher class is taken out of the one below.
classified as (
    select
        dimension,
        segment,
        activity_date,
        active_days,
        user_count - coalesce(lead(user_count) over (
            partition by dimension, segment, activity_date
            order by active_days
        ), 0) as user_count
    from reached
)

select
    dimension,
    segment,
    activity_date,
    active_days,
    cast(user_count as bigint) as user_count
from classified
where user_count > 0
