{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{#- What is counted of all requests and of some measurements, and over how many days. -#}
{% set counted = [
    ('request', 28, ['sample_count', 'request_count', 'slow_count',
        'outcome_sample_count', 'outcome_count', 'failed_count']),
    ('page_load', 28, ['sample_count', 'request_count', 'satisfied_count', 'frustrated_count']),
    ('api_latency', 28, ['sample_count', 'request_count', 'satisfied_count', 'frustrated_count']),
    ('query', 7, ['outcome_sample_count', 'outcome_count', 'failed_count']),
] %}

with

segment_days as (
    select * from {{ ref('int_session_segments_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date', look_back=27) }}
),

performance as (
    select * from {{ ref('int_performance_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any' and is_request
),

-- Page vitals are measurements of the same page load; only what was asked for once is a request.
requests as (
    select
        segments.dimension,
        {{ segment_of_session('performance.platform') }} as segment,
        performance.*
    from performance
    inner join thresholds using (measurement)
    inner join segments using (account_id, activity_date)
),

daily as (
    select
        dimension,
        segment,
        {%- for group, _, columns in counted %}
            {%- for column in columns %}
                sum(cast({{ column }} as decimal(18, 6)))
                {%- if group != 'request' %} filter (where measurement = '{{ group }}'){% endif %}
                    as {{ group }}_{{ column }},
            {%- endfor %}
        {%- endfor %}
        activity_date
    from requests
    group by dimension, segment, activity_date
),

windowed as (
    select
        segment_days.dimension,
        segment_days.segment,
        {%- for group, days, columns in counted %}
            {%- for column in columns %}
                cast(
                    sum(coalesce(daily.{{ group }}_{{ column }}, 0)) over last_{{ days }}_days
                    as {{ 'bigint' if 'sample' in column else 'double' }}
                )
                    as {{ group }}_{{ column }}_{{ days }}d,
            {%- endfor %}
        {%- endfor %}
        segment_days.activity_date
    from segment_days
    left join daily using (dimension, segment, activity_date)
    window
        last_28_days as (
            partition by segment_days.dimension, segment_days.segment
            order by segment_days.activity_date
            range between interval 27 days preceding and current row
        ),
        last_7_days as (
            partition by segment_days.dimension, segment_days.segment
            order by segment_days.activity_date
            range between interval 6 days preceding and current row
        )
)

select * from windowed
where {{ in_rebuild_window('activity_date') }}
