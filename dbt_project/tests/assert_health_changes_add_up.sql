{#- That they add up follows from the SQL, and asking it costs as much as the changes: `make test` asks it of every day. -#}
{{ config(tags=['formula'], meta={'dagster': {'ref': {'name': 'fct_account_health_changes'}}}) }}

-- The effects of every change sum to the change of the score.
with

health as (
    select * from {{ ref('fct_account_health_daily') }}
    where health_score is not null
),

pairs as (
    select * from {{ ref('int_explained_score_pairs') }}
    where score_date >= {{ rebuild_from() }}
),

changes as (
    select
        account_id,
        score_date,
        horizon_days,
        sum(effect) as effects
    from {{ ref('fct_account_health_changes') }}
    where score_date >= {{ rebuild_from() }}
    group by account_id, score_date, horizon_days
)

select
    pairs.account_id,
    pairs.score_date,
    pairs.horizon_days
from pairs
inner join health as later
    on
        pairs.account_id = later.account_id
        and pairs.score_date = later.score_date
inner join health as earlier
    on
        pairs.account_id = earlier.account_id
        and pairs.compared_date = earlier.score_date
left join changes
    on
        pairs.account_id = changes.account_id
        and pairs.score_date = changes.score_date
        and pairs.horizon_days = changes.horizon_days
where abs(coalesce(changes.effects, 0) - (later.health_score - earlier.health_score)) > 1e-9
