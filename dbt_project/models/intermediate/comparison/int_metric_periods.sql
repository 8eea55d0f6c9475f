with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

measured_days as (
    select distinct
        metrics.metric,
        metrics.metric_date,
        parameters.as_of_date
    from metrics
    inner join parameters on metrics.metric_date <= parameters.as_of_date
    where metrics.dimension = 'all'
),

gaps as (
    select
        metric,
        {{ days_between('lag(metric_date) over metric_history', 'metric_date') }} as gap_days
    from measured_days
    window metric_history as (
        partition by metric
        order by metric_date
    )
),

-- How often a metric is measured is seen from its dates; a single date is as good as daily.
cadences as (
    select
        gaps.metric,
        case
            when coalesce(min(gaps.gap_days), 1) < 7 then 'day'
            when min(gaps.gap_days) < 28 then 'week'
            else 'month'
        end as cadence,
        -- Whole weeks, so that the same weekdays are compared, and never a day twice.
        cast(greatest(ceil(max(catalogue.window_days) / 7.0) * 7, 7) as bigint) as step_days,
        cast(greatest(round(max(catalogue.window_days) / 30.4), 1) as bigint) as step_months
    from gaps
    inner join catalogue on gaps.metric = catalogue.metric
    group by gaps.metric
)

-- Days are numbered by days, months by months, so that a step is a number for both.
select
    measured_days.metric,
    measured_days.metric_date,
    cadences.cadence,
    cast(
        case
            when cadences.cadence = 'month'
                then 12 * extract(year from measured_days.metric_date) + extract(month from measured_days.metric_date)
            else {{ days_between("date '2001-01-01'", 'measured_days.metric_date') }}
        end
        as bigint
    ) as period_number,
    case when cadences.cadence = 'month' then cadences.step_months else cadences.step_days end as step,
    cast(case when cadences.cadence = 'month' then 12 else 364 end as bigint) as year_step,
    cadences.cadence != 'day'
    or mod({{ days_between('measured_days.metric_date', 'measured_days.as_of_date') }}, 7) = 0 as is_point
from measured_days
inner join cadences on measured_days.metric = cadences.metric
