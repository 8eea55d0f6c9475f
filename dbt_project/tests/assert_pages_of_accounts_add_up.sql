{{ config(meta={'dagster': {'ref': {'name': 'rpt_account_overview'}}}) }}

-- On the page of an account points sum to the score, losses to what it lacks, and causes to the change.
with

accounts as (
    select * from {{ ref('rpt_account_overview') }}
    where health_score is not null
),

points as (
    select
        account_id,
        sum(points) as points,
        sum(points_lost) as points_lost
    from {{ ref('rpt_account_components') }}
    group by account_id
),

changes as (
    select
        account_id,
        horizon_days,
        max(change) as change,
        sum(case when cause != 'all' then effect else 0 end) as effects
    from {{ ref('rpt_account_change_causes') }}
    group by account_id, horizon_days
)

select
    accounts.account_id,
    'points' as what
from accounts
left join points using (account_id)
where
    coalesce(abs(points.points - accounts.health_score), 1) > 1e-9
    or coalesce(abs(points.points_lost - accounts.points_lost), 1) > 1e-9

union all

select
    account_id,
    'change' as what
from changes
where abs(change - effects) > 1e-9
