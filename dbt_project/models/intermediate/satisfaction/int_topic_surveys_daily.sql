{%- set measures = [
    'nps_answers', 'nps_promoters', 'nps_detractors', 'csat_answers', 'csat_positive', 'ces_answers', 'ces_easy',
] -%}
with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'all'
),

intervals as (select * from {{ ref('int_survey_intervals') }}),

dates as (select * from {{ ref('int_days_spined') }}),

placed as (
    select
        coalesce(intervals.topic, 'no topic') as topic,
        intervals.measure,
        intervals.counted_from,
        intervals.counted_to,
        intervals.amount
    from intervals
    inner join segments on intervals.account_id = segments.account_id and intervals.placed_date = segments.activity_date
    where intervals.measure not like '%invites%'
),

changes as (
    select
        topic,
        measure,
        counted_from as change_date,
        amount
    from placed
    union all
    select
        topic,
        measure,
        counted_to as change_date,
        -amount
    from placed
),

summed as (
    select
        topic,
        {% for measure in measures %}
            sum(amount) filter (where measure = '{{ measure }}') as {{ measure }},
        {% endfor %}
        change_date
    from changes
    group by topic, change_date
),

topics as (select distinct topic from placed),

running as (
    select
        topics.topic,
        {% for measure in measures %}
            sum(coalesce(summed.{{ measure }}, 0)) over topic_history as {{ measure }},
        {% endfor %}
        dates.date_day as activity_date
    from topics
    cross join dates
    left join summed on topics.topic = summed.topic and dates.date_day = summed.change_date
    window topic_history as (partition by topics.topic order by dates.date_day)
),

valued as (
    select
        *,
        csat_positive / nullif(cast(csat_answers as double), 0) as csat
    from running
)

select
    topic,
    activity_date,
    {% for measure in measures %}
        cast({{ measure }} as bigint) as {{ measure }},
    {% endfor %}
    cast({{ net_promoter_score('nps_promoters', 'nps_detractors', 'nps_answers') }} as double) as nps,
    cast({{ net_promoter_margin('nps_promoters', 'nps_detractors', 'nps_answers') }} as double) as nps_margin,
    csat,
    case when csat_answers > 0 then {{ wilson_bound('csat', 'csat_answers', -1) }} end as csat_low,
    case when csat_answers > 0 then {{ wilson_bound('csat', 'csat_answers', 1) }} end as csat_high
from valued
