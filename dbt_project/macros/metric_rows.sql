{#- Ends every metric file: value, interval, status and maturity, by the rules of its entry in the catalogue.
    The step holds metric_date, dimension, segment, numerator, denominator and sample_size.
    kind: count (numerator); ratio and proportion (numerator over denominator; a proportion has a Wilson interval);
    log_change (of counts, one added to both); log_ratio (of sizes); measured (the step brings metric_value,
    interval_low and interval_high itself, as percentiles and net scores do).
    What a metric needs beside its source (`needs` in its entry) must be covered too, from the first day on which it was.
    matures_on: column of the step with the day from which on a row is final; before it the value is withheld. -#}
{% macro metric_rows(metric, from_step, matures_on=none) -%}
{%- set about = about_metric(metric) -%}
{%- set kind = about.kind -%}
{%- set needs = about.get('needs', []) -%}
{%- set window_full_on = 'source_coverage.first_date + ' ~ (about.window_days - 1) -%}
source_coverage as (
    select
        first_date,
        status as source_status
    from {{ ref('dim_source_coverage') }}
    where source = '{{ about.source }}'
),

{% if needs -%}
needs_coverage as (
    select
        count(*) as covered_count,
        max(first_date) as first_date
    from {{ ref('dim_source_coverage') }}
    where source in ('{{ needs | join("', '") }}') and status != 'absent'
),

{% endif -%}
judged as (
    select
        {{ from_step }}.metric_date,
        {{ from_step }}.dimension,
        {{ from_step }}.segment,
        cast({{ from_step }}.numerator as double) as numerator,
        cast({{ from_step }}.denominator as double) as denominator,
        cast({{ from_step }}.sample_size as double) as sample_size,
        {%- if kind == 'measured' %}
        cast({{ from_step }}.metric_value as double) as measured_value,
        cast({{ from_step }}.interval_low as double) as measured_low,
        cast({{ from_step }}.interval_high as double) as measured_high,
        {%- endif %}
        {%- if matures_on %}
        greatest({{ from_step }}.{{ matures_on }}, {{ window_full_on }}) as matures_on,
        {%- else %}
        {{ window_full_on }} as matures_on,
        {%- endif %}
        case
            when source_coverage.source_status = 'absent' then 'source_unavailable'
            when source_coverage.first_date is null or source_coverage.first_date > {{ from_step }}.metric_date
                then 'source_unavailable'
            {%- if needs %}
            when needs_coverage.covered_count < {{ needs | length }} then 'source_unavailable'
            when needs_coverage.first_date > {{ from_step }}.metric_date then 'source_unavailable'
            {%- endif %}
            when {{ window_full_on }} > {{ from_step }}.metric_date then 'immature'
            {%- if matures_on %}
            when {{ from_step }}.{{ matures_on }} > parameters.as_of_date then 'immature'
            {%- endif %}
            when coalesce({{ from_step }}.sample_size, 0) < {{ about.min_n }} then 'insufficient_n'
            when {{ from_step }}.numerator is null then 'no_denominator'
            {%- if kind in ('ratio', 'proportion', 'log_ratio') %}
            when coalesce({{ from_step }}.denominator, 0) = 0 then 'no_denominator'
            {%- elif kind == 'log_change' %}
            when {{ from_step }}.denominator is null then 'no_denominator'
            {%- elif kind == 'measured' %}
            when {{ from_step }}.metric_value is null then 'no_denominator'
            {%- endif %}
            else 'ok'
        end as status
    from {{ from_step }}
    cross join source_coverage
    {%- if needs %}
    cross join needs_coverage
    {%- endif %}
    {%- if matures_on %}
    cross join {{ ref('stg_run__parameters') }} as parameters
    {%- endif %}
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
        {%- elif kind == 'measured' %}
        measured_value as raw_value
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
    {%- elif kind == 'measured' %}
    case when status = 'ok' then measured_low end as interval_low,
    case when status = 'ok' then measured_high end as interval_high,
    {%- else %}
    cast(null as double) as interval_low,
    cast(null as double) as interval_high,
    {%- endif %}
    case when status = 'immature' then cast(matures_on as date) end as matures_on,
    status
from valued
{%- endmacro %}
