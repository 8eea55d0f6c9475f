with

champions as (select * from {{ ref('int_champions_matched_to_accounts') }}),

account_days as (select * from {{ ref('int_account_days_spined') }}),

roles as (select * from {{ ref('fct_account_roles_daily') }}),

leavings as (
    select
        account_id,
        max(last_date) as last_date
    from champions
    where last_date is not null
    group by account_id
),

-- Somebody who ran the product for them has gone, and nobody else who runs it is active.
left_behind as (
    select
        account_days.account_id,
        account_days.activity_date,
        count(*) as left_count
    from account_days
    inner join leavings using (account_id)
    inner join champions
        on
            account_days.account_id = champions.account_id
            and account_days.activity_date > champions.last_date
    group by account_days.account_id, account_days.activity_date
)

select
    left_behind.account_id,
    left_behind.activity_date as score_date,
    'champions_left' as condition,
    cast(left_behind.left_count as double) as condition_value
from left_behind
inner join roles using (account_id, activity_date)
where not roles.has_active_champion
