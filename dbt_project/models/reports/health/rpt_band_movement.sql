with

health as (select * from {{ ref('fct_account_health_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

changes as (select * from {{ ref('rpt_account_score_changes') }} where horizon_days = 28),

-- Everybody who was a customer at one of the two ends: opening + entered - left = closing.
later as (
    select
        health.account_id,
        coalesce(health.band, 'not_scored') as band,
        subscription_days.mrr
    from health
    inner join parameters on health.score_date = parameters.as_of_date
    inner join subscription_days
        on
            health.account_id = subscription_days.account_id
            and health.score_date = subscription_days.activity_date
),

earlier as (
    select
        health.account_id,
        coalesce(health.band, 'not_scored') as band,
        subscription_days.mrr
    from health
    inner join parameters on health.score_date = parameters.as_of_date - 28
    inner join subscription_days
        on
            health.account_id = subscription_days.account_id
            and health.score_date = subscription_days.activity_date
)

select
    coalesce(earlier.band, 'not_a_customer') as earlier_band,
    coalesce(later.band, 'not_a_customer') as band,
    count(*) as account_count,
    count(*) filter (where changes.moved_by = 'customer') as moved_by_customer_count,
    count(*) filter (where changes.moved_by = 'availability') as moved_by_availability_count,
    count(*) filter (where changes.moved_by = 'model') as moved_by_model_count,
    cast(sum(coalesce(later.mrr, earlier.mrr)) as decimal(18, 2)) as mrr
from later
full outer join earlier on later.account_id = earlier.account_id
left join changes on later.account_id = changes.account_id
group by coalesce(earlier.band, 'not_a_customer'), coalesce(later.band, 'not_a_customer')
