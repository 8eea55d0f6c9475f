{{ config(meta={'dagster': {'ref': {'name': 'fct_metrics_daily'}}}) }}

-- Where one of its sources is absent, or had brought nothing yet, a metric says so and holds no number.
with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

metric_sources as (select * from {{ ref('dim_metric_sources') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

covered as (
    select
        metric_sources.metric,
        bool_and(coverage.is_covered) as is_covered,
        max(coverage.first_date) as first_date
    from metric_sources
    left join coverage using (source)
    group by metric_sources.metric
)

select
    metrics.metric,
    metrics.metric_date,
    metrics.dimension,
    metrics.segment
from metrics
inner join covered using (metric)
where
    coalesce(not covered.is_covered or covered.first_date > metrics.metric_date, true)
    and (
        metrics.status != 'source_unavailable'
        or metrics.numerator is not null
        or metrics.denominator is not null
        or metrics.metric_value is not null
        or metrics.interval_low is not null
        or metrics.interval_high is not null
    )
