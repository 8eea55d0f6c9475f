{% set columns = [
    ('page_load', 'p50'), ('page_load', 'p75'), ('page_load', 'p95'), ('page_load', 'p99'),
    ('api_latency', 'p50'), ('api_latency', 'p95'), ('api_latency', 'p99'), ('query', 'p95'),
    ('lcp', 'p75'), ('inp', 'p75'), ('ttfb', 'p75'),
] -%}

with

segment_days as (select * from {{ ref('int_session_segments_daily') }}),

latency as (select * from {{ ref('fct_latency_daily') }}),

turned as (
    select
        dimension,
        segment,
        activity_date,
        {%- for measurement in columns | map('first') | unique %}
            max(sample_count) filter (where measurement = '{{ measurement }}') as {{ measurement }}_sample_count,
        {%- endfor %}
        {%- for measurement, percentile in columns %}
            max({{ percentile }}_seconds) filter (where measurement = '{{ measurement }}')
                as {{ measurement }}_{{ percentile }}_seconds
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from latency
    group by dimension, segment, activity_date
)

-- A segment day without a sample stays in with none, so that it is too few and not yesterday's.
select
    segment_days.dimension,
    segment_days.segment,
    segment_days.activity_date,
    {%- for measurement in columns | map('first') | unique %}
        coalesce(turned.{{ measurement }}_sample_count, 0) as {{ measurement }}_sample_count,
    {%- endfor %}
    {%- for measurement, percentile in columns %}
        turned.{{ measurement }}_{{ percentile }}_seconds
        {%- if not loop.last %},{% endif %}
    {%- endfor %}
from segment_days
left join turned using (dimension, segment, activity_date)
