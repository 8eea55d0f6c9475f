with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

metric_sources as (select * from {{ ref('dim_metric_sources') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- A metric that has no row at all had nothing to measure, or nothing to measure with.
measurable as (
    select
        metric_sources.metric,
        bool_and(coverage.is_covered) as is_measurable
    from metric_sources
    inner join coverage using (source)
    group by metric_sources.metric
),

totals as (
    select metrics.*
    from metrics
    inner join parameters on metrics.metric_date <= parameters.as_of_date
    where metrics.dimension = 'all'
),

-- What is not final yet is shown only where nothing else is known.
latest as (
    select *
    from totals
    qualify
        row_number() over (
            partition by metric
            order by case status when 'source_unavailable' then 2 when 'immature' then 1 else 0 end, metric_date desc
        ) = 1
),

earlier as (
    select totals.*
    from totals
    inner join latest on totals.metric = latest.metric and totals.metric_date <= latest.metric_date - 28
    qualify row_number() over (partition by totals.metric order by totals.metric_date desc) = 1
)

-- A metric of weeks or months shows its last finished one, and is compared with the one 28 days or more before. Where
-- there is nobody and nothing, there are not too few.
select
    catalogue.metric,
    catalogue.chapter,
    catalogue.label,
    catalogue.definition,
    catalogue.unit,
    catalogue.direction,
    case
        when latest.status = 'insufficient_n' and coalesce(latest.sample_size, 0) = 0 then 'no_denominator'
        when latest.status is not null then latest.status
        when measurable.is_measurable then 'no_denominator'
        else 'source_unavailable'
    end as status,
    earlier.status as earlier_status,
    latest.metric_value,
    earlier.metric_value as earlier_value,
    latest.metric_value - earlier.metric_value as change,
    case
        when earlier.metric_value > 0 and latest.metric_value >= 0 and catalogue.unit != 'log change'
            then latest.metric_value / earlier.metric_value - 1
    end as relative_change,
    latest.interval_low,
    latest.interval_high,
    latest.numerator,
    latest.denominator,
    latest.sample_size,
    latest.metric_date,
    earlier.metric_date as earlier_date
from catalogue
inner join measurable on catalogue.metric = measurable.metric
left join latest on catalogue.metric = latest.metric
left join earlier on catalogue.metric = earlier.metric
