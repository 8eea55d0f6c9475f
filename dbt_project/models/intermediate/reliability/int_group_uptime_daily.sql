with

uptime as (select * from {{ ref('fct_component_uptime_daily') }}),

grouped as (
    select *
    from uptime
    union all
    select
        component_id,
        activity_date,
        'all' as component_group,
        objective,
        downtime_seconds,
        window_seconds_28d,
        downtime_seconds_28d,
        uptime_rate_28d,
        downtime_seconds_30d,
        budget_seconds_30d,
        budget_remaining_30d,
        budget_burn_1d,
        budget_burn_7d
    from uptime
)

-- Vendors differ: Statuspage shows the mean of the components, incident.io the worst of them. So there are both.
select
    component_group,
    activity_date,
    count(*) as component_count,
    count(*) filter (where budget_remaining_30d < 0) as component_count_over_budget,
    cast(sum(cast(downtime_seconds_28d as decimal(18, 6))) as double) as downtime_seconds_28d,
    cast(sum(cast(window_seconds_28d as decimal(18, 6))) as double) as window_seconds_28d,
    max(downtime_seconds_28d) as worst_downtime_seconds_28d,
    cast(avg(cast(uptime_rate_28d as decimal(18, 15))) as double) as uptime_rate_28d_mean,
    min(uptime_rate_28d) as uptime_rate_28d_worst,
    min(budget_remaining_30d) as budget_remaining_30d_worst,
    max(budget_burn_7d) as budget_burn_7d_worst
from grouped
group by component_group, activity_date
