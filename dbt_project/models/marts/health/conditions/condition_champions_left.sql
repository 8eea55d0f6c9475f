with

champions as (select * from {{ ref('int_champions_matched_to_accounts') }}),

account_days as (select * from {{ ref('int_account_days_spined') }}),

roles as (select * from {{ ref('int_account_roles_daily') }}),

usage_coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where source = 'product_events' and status != 'absent'
),

stale_days as (
    select * from {{ ref('fct_source_freshness_daily') }}
    where source = 'product_events' and is_stale
),

leavings as (
    select distinct account_id
    from champions
    where last_date is not null
),

-- Silence of a source is not the silence of its people: what was so when it last spoke stands.
known as (
    select
        account_days.account_id,
        account_days.activity_date,
        coalesce(stale_days.fresh_on, account_days.activity_date) as known_on
    from account_days
    inner join leavings using (account_id)
    inner join usage_coverage on account_days.activity_date >= usage_coverage.first_date + 13
    left join stale_days on account_days.activity_date = stale_days.date_day
),

-- Somebody who ran the product for them has gone, and nobody else who runs it is active.
left_behind as (
    select
        known.account_id,
        known.activity_date,
        known.known_on,
        count(*) as left_count
    from known
    inner join champions
        on
            known.account_id = champions.account_id
            and known.known_on > champions.last_date
    group by known.account_id, known.activity_date, known.known_on
)

select
    left_behind.account_id,
    left_behind.activity_date as score_date,
    left_behind.left_count as condition_value
from left_behind
inner join roles
    on
        left_behind.account_id = roles.account_id
        and left_behind.known_on = roles.activity_date
where not roles.has_active_champion
