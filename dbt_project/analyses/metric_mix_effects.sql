-- Why a ratio metric changed against its previous window: because segments weigh more or less (mix), or because of what changed
-- within them (rate). People who belong to two segments of a window count in both, so the whole of the segments can differ a little
-- from the published total. One row per metric, dimension and segment.
with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

dates as (select * from {{ ref('int_comparison_dates') }}),

catalogue as (select * from {{ ref('dim_metrics') }}),

compared as (
    select
        dates.metric,
        dates.metric_date,
        dates.compared_date
    from dates
    inner join catalogue on dates.metric = catalogue.metric
    where
        dates.comparison = 'previous_window'
        and dates.periods_back = 0
        and dates.compared_date is not null
        and catalogue.kind in ('ratio', 'proportion')
),

-- Segments too small to show a value of their own still carry their part of the whole.
cells as (
    select
        metrics.metric,
        metrics.dimension,
        metrics.segment,
        {%- for side, day in [('before', 'compared_date'), ('now', 'metric_date')] %}
            {%- for half in ['numerator', 'denominator'] %}
                sum(
                    case
                        when metrics.metric_date = compared.{{ day }} then cast(metrics.{{ half }} as decimal(38, 6))
                        else 0
                    end
                ) as {{ half }}_{{ side }}
                {%- if not loop.last %},{% endif %}
            {%- endfor %}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from metrics
    inner join compared
        on
            metrics.metric = compared.metric
            and metrics.metric_date in (compared.metric_date, compared.compared_date)
    where
        metrics.dimension != 'all'
        and metrics.status in ('ok', 'insufficient_n')
        and metrics.denominator is not null
        and metrics.numerator is not null
    group by metrics.metric, metrics.dimension, metrics.segment
),

-- A ratio whose numerator can stand without a denominator, as gains without losses do, has no weights.
weighable as (
    select *
    from cells
    qualify
        sum(
            case
                when denominator_before = 0 and numerator_before != 0 then 1
                when denominator_now = 0 and numerator_now != 0 then 1
                else 0
            end
        ) over (partition by metric, dimension) = 0
),

{{ mix_effects('weighable', keys=['metric', 'dimension'], cell='segment') }}
