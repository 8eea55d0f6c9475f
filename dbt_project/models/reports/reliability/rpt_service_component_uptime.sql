with

uptime as (select * from {{ ref('fct_component_uptime_daily') }}),

components as (select * from {{ ref('int_components_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    uptime.component_id,
    components.component_name,
    uptime.component_group,
    uptime.objective,
    uptime.uptime_rate_28d,
    uptime.downtime_seconds_28d / 60 as downtime_minutes_28d,
    uptime.downtime_seconds_30d / 60 as downtime_minutes_30d,
    uptime.budget_seconds_30d / 60 as budget_minutes_30d,
    uptime.budget_remaining_30d,
    uptime.budget_burn_7d
from uptime
inner join components using (component_id)
inner join parameters on uptime.activity_date = parameters.as_of_date
