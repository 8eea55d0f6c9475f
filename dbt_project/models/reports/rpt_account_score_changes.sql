with

accounts as (select * from {{ ref('rpt_accounts') }}),

days as (select * from {{ ref('fct_health_compared_days') }}),

pairs as (select * from {{ ref('fct_health_score_pairs_daily') }}),

health as (
    select health.*
    from {{ ref('fct_account_health_daily') }} as health
    inner join days using (score_date)
)

select
    pairs.account_id,
    pairs.score_date,
    pairs.horizon_days,
    pairs.compared_date,
    earlier.band as band_then,
    accounts.band,
    earlier.health_score as score_then,
    accounts.health_score as score_now,
    accounts.health_score - earlier.health_score as change
from pairs
inner join accounts
    on
        pairs.account_id = accounts.account_id
        and pairs.score_date = accounts.as_of_date
inner join health as earlier
    on
        pairs.account_id = earlier.account_id
        and pairs.compared_date = earlier.score_date
