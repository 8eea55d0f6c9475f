{#- Ends every metric file: value, interval and status, by the rules of the catalogue in _metrics.yml.
    The step holds metric_date, dimension, segment, numerator, denominator and sample_size.
    kind: count (numerator), ratio and proportion (numerator over denominator; a proportion has a Wilson
    interval), log_change (of counts, one added to both) and log_ratio (of sizes). -#}
{% macro metric_rows(metric, from_step) -%}
{%- set about = about_metric(metric) -%}
{%- set kind = about.kind -%}
source_coverage as (
    select
        first_date,
        status as source_status
    from {{ ref('dim_source_coverage') }}
    where source = '{{ about.source }}'
),

judged as (
    select
        {{ from_step }}.metric_date,
        {{ from_step }}.dimension,
        {{ from_step }}.segment,
        cast({{ from_step }}.numerator as double) as numerator,
        cast({{ from_step }}.denominator as double) as denominator,
        cast({{ from_step }}.sample_size as double) as sample_size,
        case
            when source_coverage.source_status = 'absent' then 'source_unavailable'
            when {{ days_between('source_coverage.first_date', from_step ~ '.metric_date') }} + 1 < {{ about.window_days }}
                then 'immature'
            when coalesce({{ from_step }}.sample_size, 0) < {{ about.min_n }} then 'insufficient_n'
            when {{ from_step }}.numerator is null then 'no_denominator'
            {%- if kind in ('ratio', 'proportion', 'log_ratio') %}
            when coalesce({{ from_step }}.denominator, 0) = 0 then 'no_denominator'
            {%- endif %}
            else 'ok'
        end as status
    from {{ from_step }}
    cross join source_coverage
),

valued as (
    select
        *,
        {%- if kind == 'count' %}
        numerator as raw_value
        {%- elif kind == 'log_change' %}
        ln((numerator + 1) / (denominator + 1)) as raw_value
        {%- elif kind == 'log_ratio' %}
        ln(numerator / nullif(denominator, 0)) as raw_value
        {%- else %}
        numerator / nullif(denominator, 0) as raw_value
        {%- endif %}
    from judged
)

select
    metric_date,
    '{{ metric }}' as metric,
    dimension,
    segment,
    case when status != 'source_unavailable' then numerator end as numerator,
    case when status != 'source_unavailable' then denominator end as denominator,
    sample_size,
    case when status = 'ok' then cast(raw_value as double) end as metric_value,
    {%- if kind == 'proportion' %}
    case when status = 'ok' then {{ wilson_bound('raw_value', 'denominator', -1) }} end as interval_low,
    case when status = 'ok' then {{ wilson_bound('raw_value', 'denominator', 1) }} end as interval_high,
    {%- else %}
    cast(null as double) as interval_low,
    cast(null as double) as interval_high,
    {%- endif %}
    status
from valued
{%- endmacro %}
