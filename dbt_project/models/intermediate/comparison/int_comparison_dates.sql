with

periods as (select * from {{ ref('int_metric_periods') }}),

-- The last thirteen weekly points, or weeks, or months.
points as (
    select
        *,
        row_number() over (
            partition by metric
            order by metric_date desc
        ) - 1 as periods_back
    from periods
    where is_point
    qualify periods_back < 13
),

wanted as (
    select
        *,
        'previous_window' as comparison,
        1 as window_number,
        period_number - step as compared_number
    from points
    union all
    select
        *,
        'last_year' as comparison,
        1 as window_number,
        period_number - year_step as compared_number
    from points
    {% for window_number in range(1, 7) %}
        union all
        select
            *,
            'baseline' as comparison,
            {{ window_number }} as window_number,
            period_number - {{ window_number }} * step as compared_number
        from points
    {% endfor %}
)

select
    wanted.metric,
    wanted.metric_date,
    wanted.comparison,
    cast(wanted.window_number as bigint) as window_number,
    wanted.cadence,
    cast(wanted.periods_back as bigint) as periods_back,
    periods.metric_date as compared_date
from wanted
left join periods
    on
        wanted.metric = periods.metric
        and wanted.compared_number = periods.period_number
