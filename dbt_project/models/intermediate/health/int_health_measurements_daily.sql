{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='score_date') }}

with

measurements as (
    select * from {{ ref('int_component_measurements_daily') }}
    where {{ in_rebuild_window('score_date') }}
),

component_sources as (select * from {{ ref('int_component_sources') }}),

source_coverage as (select * from {{ ref('dim_source_coverage') }}),

freshness as (
    select
        source,
        date_day,
        is_stale,
        {{ last_fresh_day() }} as fresh_on
    from {{ ref('fct_source_freshness_daily') }}
),

components_covered as (
    select
        component_sources.component,
        max(component_sources.covered_days) as covered_days,
        bool_and(coalesce(source_coverage.status != 'absent', false)) as is_covered,
        max(source_coverage.first_date) as covered_from,
        max(case when component_sources.is_measured_from then source_coverage.first_date end) as source_from
    from component_sources
    left join source_coverage on component_sources.source = source_coverage.source
    group by component_sources.component
),

-- On a day on which one of its sources is stale a component says nothing; it last did when none of them was.
stale_days as (
    select
        component_sources.component,
        freshness.date_day,
        min(freshness.fresh_on) as fresh_on
    from freshness
    inner join component_sources on freshness.source = component_sources.source
    where freshness.is_stale
    group by component_sources.component, freshness.date_day
)

select
    measurements.account_id,
    measurements.score_date,
    measurements.component,
    measurements.numerator,
    measurements.denominator,
    measurements.sample_size,
    measurements.numerator / nullif(measurements.denominator, 0) as metric_value,
    measurements.measured_on,
    stale_days.fresh_on,
    case
        when not components_covered.is_covered then 'source_unavailable'
        when components_covered.source_from is null or components_covered.covered_from > measurements.known_on
            then 'source_unavailable'
        when
            {{ days_between('components_covered.source_from', 'measurements.known_on') }} + 1
            < components_covered.covered_days
            then 'immature'
        when stale_days.fresh_on is not null then 'stale'
        when measurements.unavailable_reason is not null then measurements.unavailable_reason
        when measurements.numerator is null or coalesce(measurements.denominator, 0) = 0 then 'no_denominator'
        else 'ok'
    end as status
from measurements
inner join components_covered on measurements.component = components_covered.component
left join stale_days
    on
        measurements.component = stale_days.component
        and measurements.score_date = stale_days.date_day
