{{ config(meta={'dagster': {'ref': {'name': 'rpt_component_losses'}}}) }}

-- Over all models together, and with what rules hold down, the points lost lead from 100 to the mean score.
with

losses as (select sum(mean_points_lost) as points_lost from {{ ref('rpt_component_losses') }}),

scores as (
    select
        avg(health.health_score) as mean_score,
        count(*) as scored_count
    from {{ ref('fct_account_health_daily') }} as health
    where
        health.health_score is not null
        and health.score_date = (select max(last_day.score_date) from {{ ref('fct_account_health_daily') }} as last_day)
)

select
    losses.points_lost,
    scores.mean_score
from losses
cross join scores
where scores.scored_count > 0 and abs(100 - scores.mean_score - losses.points_lost) > 1e-9
