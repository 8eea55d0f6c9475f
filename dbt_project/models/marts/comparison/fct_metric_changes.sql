with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

dates as (select * from {{ ref('int_comparison_dates') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

compared as (
    select
        metrics.metric,
        metrics.metric_date,
        metrics.dimension,
        metrics.segment,
        dates.comparison,
        metrics.status as now_status,
        metrics.metric_value,
        min(dates.periods_back) as periods_back,
        min(dates.compared_date) as compared_date,
        max(earlier.status) as earlier_status,
        count(earlier.metric_value) as window_count,
        {{ percentile('earlier.metric_value', 0.5) }} as compared_value
    from metrics
    inner join dates
        on
            metrics.metric = dates.metric
            and metrics.metric_date = dates.metric_date
    left join metrics as earlier
        on
            metrics.metric = earlier.metric
            and metrics.dimension = earlier.dimension
            and metrics.segment = earlier.segment
            and dates.compared_date = earlier.metric_date
    group by
        metrics.metric,
        metrics.metric_date,
        metrics.dimension,
        metrics.segment,
        dates.comparison,
        metrics.status,
        metrics.metric_value
),

-- A median of less than four of six windows is no rhythm of its own.
judged as (
    select
        compared.*,
        catalogue.unit,
        case
            when compared.now_status != 'ok' then compared.now_status
            when compared.comparison = 'baseline' and compared.window_count < {{ var('baseline_minimum_windows') }}
                then 'immature'
            when compared.window_count = 0 and compared.comparison != 'baseline'
                then coalesce(compared.earlier_status, 'immature')
            else 'ok'
        end as status
    from compared
    inner join catalogue on compared.metric = catalogue.metric
)

select
    metric,
    metric_date,
    dimension,
    segment,
    comparison,
    status,
    periods_back,
    window_count,
    metric_value,
    case when status = 'ok' then compared_value end as compared_value,
    case when status = 'ok' then metric_value - compared_value end as absolute_change,
    case
        when status = 'ok' and unit != 'log change' and compared_value > 0 and metric_value >= 0
            then metric_value / compared_value - 1
    end as relative_change,
    case
        when status = 'ok' and unit != 'log change' and compared_value > 0 and metric_value > 0
            then ln(metric_value / compared_value)
    end as log_change,
    compared_date
from judged
