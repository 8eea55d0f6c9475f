{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{%- set measures = [
    'nps_answers', 'nps_promoters', 'nps_detractors', 'csat_answers', 'csat_positive', 'ces_answers', 'ces_easy',
    'ces_sum', 'ces_square_sum', 'invites_delivered', 'invites_completed', 'nps_invites_delivered',
    'nps_invites_completed',
] -%}
with

activity as (
    select * from {{ ref('int_segment_activity_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date') }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

intervals as (select * from {{ ref('int_survey_intervals') }}),

dates as (select * from {{ ref('int_days_spined') }}),

-- An answer belongs to the segments that its account had on its day, so that who leaves afterwards is still heard.
placed as (
    select
        segments.dimension,
        segments.segment,
        intervals.*
    from intervals
    inner join segments on intervals.account_id = segments.account_id and intervals.placed_date = segments.activity_date
),

changes as (
    select
        dimension,
        segment,
        measure,
        counted_from as change_date,
        amount
    from placed
    union all
    select
        dimension,
        segment,
        measure,
        counted_to as change_date,
        -amount
    from placed
),

{{ standing_amounts(measures) }}

select
    activity.dimension,
    activity.segment,
    activity.activity_date,
    {% for measure in measures %}
        cast(running.{{ measure }} as bigint) as {{ measure }},
    {% endfor %}
    activity.account_count
from activity
inner join running using (dimension, segment, activity_date)
