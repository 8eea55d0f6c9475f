{{ config(
    materialized='incremental', incremental_strategy='replace_days', event_time='metric_date',
    meta={'settles_after_days': var('metrics_settle_after_days')}
) }}

with

measurements as (
    select * from {{ ref('int_metric_measurements_daily') }}
    where {{ in_rebuild_window('metric_date', look_back=var('metrics_settle_after_days')) }}
),

metrics as (select * from {{ ref('dim_metrics') }}),

metric_sources as (select * from {{ ref('dim_metric_sources') }}),

source_coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- A window lies in what its source tells, after some history where something is asked to be the first; what is needed
-- beside the source must be there by the day itself.
metrics_covered as (
    select
        metrics.metric,
        metrics.kind,
        metrics.minimum_sample_size,
        bool_and(coalesce(source_coverage.status != 'absent', false)) as is_covered,
        max(source_coverage.first_date) as covered_from,
        max(case when source_coverage.source = metrics.source then source_coverage.first_date end)
        + max(metrics.window_days + coalesce(metrics.history_days, 0)) - 1 as window_full_on
    from metrics
    inner join metric_sources on metrics.metric = metric_sources.metric
    left join source_coverage on metric_sources.source = source_coverage.source
    group by metrics.metric, metrics.kind, metrics.minimum_sample_size
),

judged as (
    select
        measurements.*,
        metrics_covered.kind,
        greatest(measurements.matures_on, metrics_covered.window_full_on) as final_on,
        case
            when not metrics_covered.is_covered then 'source_unavailable'
            when metrics_covered.window_full_on is null or metrics_covered.covered_from > measurements.metric_date
                then 'source_unavailable'
            when metrics_covered.window_full_on > measurements.metric_date then 'immature'
            when measurements.matures_on > parameters.as_of_date then 'immature'
            when coalesce(measurements.sample_size, 0) < metrics_covered.minimum_sample_size then 'insufficient_n'
            when measurements.numerator is null then 'no_denominator'
            when
                metrics_covered.kind in ('ratio', 'proportion', 'log_ratio')
                and coalesce(measurements.denominator, 0) = 0
                then 'no_denominator'
            when metrics_covered.kind = 'log_change' and measurements.denominator is null then 'no_denominator'
            when metrics_covered.kind = 'measured' and measurements.metric_value is null then 'no_denominator'
            else 'ok'
        end as status
    from measurements
    inner join metrics_covered on measurements.metric = metrics_covered.metric
    cross join parameters
),

-- Counts are their numerator; a change of counts has one added to both sides; what is measured brings its value.
valued as (
    select
        *,
        case
            when status != 'ok' then null
            when kind = 'count' then numerator
            when kind in ('ratio', 'proportion') then numerator / nullif(denominator, 0)
            when kind = 'log_change' then ln((numerator + 1) / (denominator + 1))
            when kind = 'log_ratio' then ln(numerator / nullif(denominator, 0))
            when kind = 'measured' then metric_value
        end as shown_value
    from judged
)

select
    metric_date,
    metric,
    dimension,
    segment,
    case when status != 'source_unavailable' then numerator end as numerator,
    case when status != 'source_unavailable' then denominator end as denominator,
    sample_size,
    shown_value as metric_value,
    {%- for side, bound in [(-1, 'interval_low'), (1, 'interval_high')] %}
        case
            when status != 'ok' then null
            when kind = 'proportion' then {{ wilson_bound('shown_value', 'denominator', side) }}
            when kind = 'measured' then {{ bound }}
        end as {{ bound }},
    {%- endfor %}
    case when status = 'immature' then final_on end as matures_on,
    status
from valued
-- Sorting brings the many branches of the union together before they are written, and the days that a run replaces.
order by metric_date
