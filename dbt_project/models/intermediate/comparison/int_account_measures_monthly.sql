with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

usage as (select * from {{ ref('int_account_usage_28d') }}),

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The last day of every month, and of the running one the last complete day.
snapshots as (
    select
        attributes.*,
        cast(date_trunc('month', attributes.activity_date) as date) as month,
        extract(day from attributes.activity_date + 1) = 1 as is_complete_month
    from attributes
    cross join parameters
    where
        attributes.is_in_population
        and (extract(day from attributes.activity_date + 1) = 1 or attributes.activity_date = parameters.as_of_date)
        and attributes.activity_date <= parameters.as_of_date
),

measures as (
    select
        health.account_id,
        health.score_date as activity_date,
        components.component as measure,
        components.metric_value
    from health
    inner join snapshots
        on
            health.account_id = snapshots.account_id
            and health.score_date = snapshots.activity_date
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    where components.is_available

    union all

    select
        account_id,
        score_date,
        'health_score',
        health_score
    from health
    where health_score is not null

    union all

    select
        account_id,
        activity_date,
        'core_events_28d',
        core_events_28d
    from usage
    where usage_decile != 'unknown'
)

select
    snapshots.account_id,
    snapshots.month,
    snapshots.activity_date as snapshot_date,
    measures.measure,
    snapshots.plan,
    snapshots.tenure_band,
    snapshots.lifecycle_stage,
    cast(measures.metric_value as double) as metric_value,
    case when usage.usage_decile != 'unknown' then ln(1 + usage.core_events_28d) end as log_usage,
    snapshots.is_complete_month
from snapshots
inner join measures using (account_id, activity_date)
left join usage using (account_id, activity_date)
where measures.metric_value is not null
