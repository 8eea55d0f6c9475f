with

components as (select * from {{ ref('int_components_deduplicated') }}),

days as (select * from {{ ref('int_days_spined') }}),

downtime as (select * from {{ ref('int_downtime_daily') }}),

objectives as (
    select * from {{ ref('uptime_objectives') }}
    where component_id != 'any'
),

usual_objective as (
    select * from {{ ref('uptime_objectives') }}
    where component_id = 'any'
),

source_coverage as (
    select max(first_date) as first_date
    from {{ ref('dim_source_coverage') }}
    where source in ('status_incidents', 'status_incident_components')
    having count(first_date) = 2
),

-- Before the first incident that was ever written down with its components nobody knows whether anything was down.
component_days as (
    select
        components.component_id,
        components.component_group,
        coalesce(objectives.objective, usual_objective.objective) as objective,
        days.date_day as activity_date,
        {{ days_between('source_coverage.first_date', 'days.date_day') }} + 1 as covered_days,
        {%- for window_days in [1, 7, 28, 30] %}
            cast({{ seconds_between(
            day_starts_at('greatest(days.date_day - ' ~ (window_days - 1) ~ ', source_coverage.first_date)'),
            day_starts_at('days.date_day + 1')
        ) }} as decimal(18, 6)) as window_seconds_{{ window_days }}d,
        {%- endfor %}
        cast(coalesce(downtime.downtime_seconds, 0) as decimal(18, 6)) as downtime_seconds
    from components
    cross join usual_objective
    cross join source_coverage
    inner join days on source_coverage.first_date <= days.date_day
    left join objectives on components.component_id = objectives.component_id
    left join downtime
        on
            components.component_id = downtime.component_id
            and days.date_day = downtime.activity_date
),

summed as (
    select
        *,
        {%- for window_days in [7, 28, 30] %}
            sum(downtime_seconds) over last_{{ window_days }}_days as downtime_seconds_{{ window_days }}d
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from component_days
    window
        {%- for window_days in [7, 28, 30] %}
            last_{{ window_days }}_days as (
                partition by component_id
                order by activity_date
                range between interval {{ window_days - 1 }} days preceding and current row
            )
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
)

-- The budget is what the objective leaves of 30 days; the burn is bad time over allowed time.
select
    component_id,
    activity_date,
    component_group,
    cast(objective as double) as objective,
    cast(downtime_seconds as double) as downtime_seconds,
    cast(window_seconds_28d as double) as window_seconds_28d,
    cast(downtime_seconds_28d as double) as downtime_seconds_28d,
    case when covered_days >= 28 then 1 - cast(downtime_seconds_28d as double) / cast(window_seconds_28d as double) end
        as uptime_rate_28d,
    cast(downtime_seconds_30d as double) as downtime_seconds_30d,
    cast((1 - objective) * window_seconds_30d as double) as budget_seconds_30d,
    case
        when covered_days >= 30
            then
                1
                - cast(downtime_seconds_30d as double) / nullif(cast((1 - objective) * window_seconds_30d as double), 0)
    end as budget_remaining_30d,
    cast(downtime_seconds as double) / cast(window_seconds_1d as double) / nullif(cast(1 - objective as double), 0)
        as budget_burn_1d,
    case
        when covered_days >= 7
            then
                cast(downtime_seconds_7d as double) / cast(window_seconds_7d as double)
                / nullif(cast(1 - objective as double), 0)
    end as budget_burn_7d
from summed
