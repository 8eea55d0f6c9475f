with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

labels as (select * from {{ ref('score_components') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    segments.dimension,
    segments.segment,
    components.component,
    min(labels.label) as label,
    count(*) as account_count,
    count(*) filter (where components.is_available) as measured_account_count,
    cast(
        avg(cast(components.component_score as decimal(18, 9))) filter (where components.is_available) as double
    ) as mean_component_score
from health
inner join parameters on health.score_date = parameters.as_of_date
inner join components
    on
        health.account_id = components.account_id
        and health.components_date = components.score_date
inner join segments
    on
        health.account_id = segments.account_id
        and health.score_date = segments.activity_date
inner join labels
    on
        components.model_version_id = labels.model_version_id
        and components.component = labels.component
where segments.dimension != 'account'
group by segments.dimension, segments.segment, components.component
