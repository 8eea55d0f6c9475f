with

parameters as (select * from {{ ref('stg_run__parameters') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

components as (select * from {{ ref('fct_account_health_components_daily') }}),

sentiments as (select * from {{ ref('int_csm_sentiments_dated') }}),

today as (
    select
        health.account_id,
        health.score_date,
        health.band,
        health.health_score,
        health.components_date
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    where health.health_score is not null
),

felt as (
    select
        today.*,
        sentiments.sentiment
    from today
    inner join sentiments
        on
            today.account_id = sentiments.account_id
            and today.score_date >= sentiments.first_date
            and today.score_date < sentiments.end_date
),

-- What people say and what they do, each as one number.
sides as (
    select
        today.account_id,
        today.score_date,
        today.band,
        today.health_score,
        max(components.component_score) filter (where components.component = 'nps' and components.is_available)
            as nps_score,
        cast(
            sum(cast(components.points as decimal(18, 12))) filter (where components.pillar = 'engagement') as double
        )
        / nullif(
            sum(cast(components.effective_weight as decimal(18, 12))) filter (where components.pillar = 'engagement'), 0
        ) as engagement_score
    from today
    inner join components
        on
            today.account_id = components.account_id
            and today.components_date = components.score_date
    group by today.account_id, today.score_date, today.band, today.health_score
)

select
    account_id,
    'sentiment_against_score' as contradiction,
    score_date,
    band,
    health_score,
    cast(sentiment as double) as said,
    health_score as done
from felt
where (sentiment >= 4 and band = 'at_risk') or (sentiment <= 2 and band = 'healthy')

union all

select
    account_id,
    'nps_against_usage' as contradiction,
    score_date,
    band,
    health_score,
    cast(nps_score as double) as said,
    cast(engagement_score as double) as done
from sides
where (nps_score >= 70 and engagement_score < 40) or (nps_score < 40 and engagement_score >= 70)
