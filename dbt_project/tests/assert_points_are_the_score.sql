{{ config(meta={'dagster': {'ref': {'name': 'fct_account_health_daily'}}}) }}

-- Points earned sum to the base score, points lost to the rest of 100, and no score leaves 1 to 100.
with

components as (
    select * from {{ ref('fct_account_health_components_daily') }}
    where score_date >= {{ rebuild_from() }} - 6
),

health as (select * from {{ ref('fct_account_health_daily') }}),

summed as (
    select
        account_id,
        score_date,
        sum(points) as points,
        sum(points_lost) as points_lost,
        sum(effective_weight) as weights
    from components
    group by account_id, score_date
)

select
    health.account_id,
    health.score_date
from health
inner join summed
    on
        health.account_id = summed.account_id
        and health.components_date = summed.score_date
where
    abs(summed.points - health.base_score) > 1e-9
    or (summed.weights > 0 and abs(summed.weights - 1) > 1e-9)
    or (summed.weights > 0 and abs(summed.points + summed.points_lost - 100) > 1e-9)
    or health.health_score < 1
    or health.health_score > 100
