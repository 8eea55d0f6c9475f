with

health as (select * from {{ ref('fct_account_health_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The last 53 days that fall on the weekday of the last complete day.
counted as (
    select
        health.score_date,
        coalesce(health.band, 'not_scored') as band,
        count(*) as account_count,
        count(subscription_days.mrr) as known_mrr_count,
        cast(sum(subscription_days.mrr) as decimal(18, 2)) as mrr,
        round(cast(avg(cast(health.health_score as decimal(18, 9))) as double), 2) as mean_health_score
    from health
    inner join subscription_days
        on
            health.account_id = subscription_days.account_id
            and health.score_date = subscription_days.activity_date
    cross join parameters
    where
        {{ days_between('health.score_date', 'parameters.as_of_date') }} % 7 = 0
        and {{ days_between('health.score_date', 'parameters.as_of_date') }} <= 52 * 7
    group by health.score_date, coalesce(health.band, 'not_scored')
),

-- A band that was empty on a day had no customers then: a zero, not a gap, unless the revenue of nobody was known.
days as (
    select
        score_date,
        sum(known_mrr_count) > 0 as has_revenue
    from counted
    group by score_date
),

bands as (select distinct band from counted)

select
    days.score_date,
    bands.band,
    coalesce(counted.account_count, 0) as account_count,
    coalesce(counted.known_mrr_count, 0) as known_mrr_count,
    case
        when counted.account_count is null and days.has_revenue then cast(0 as decimal(18, 2))
        else counted.mrr
    end as mrr,
    counted.mean_health_score
from days
cross join bands
left join counted
    on
        days.score_date = counted.score_date
        and bands.band = counted.band
