with

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

active_days as (select * from {{ ref('int_active_user_days') }}),

users as (select * from {{ ref('dim_users') }}),

observations as (select * from {{ ref('int_churn_observations_started') }}),

first_days as (
    select
        active_days.user_id,
        min(active_days.activity_date) as first_date
    from active_days
    where active_days.dimension = 'all'
    group by active_days.user_id
),

-- Where nobody tells when a user was created, whoever is seen soon after the log begins may have been there before it.
dated_users as (
    select
        first_days.user_id,
        first_days.first_date,
        cast(date_trunc('week', first_days.first_date) as date) as cohort_start
    from first_days
    inner join users using (user_id)
    cross join observations
    where
        coalesce(
            {{ local_day('users.created_at') }} >= observations.first_day,
            first_days.first_date >= observations.first_day + {{ var('activity_churn_days') }}
        )
)

-- Of older cohorts only those who stayed can be seen, so their size is not known: they are left out.
select
    'account' as entity,
    'month' as cohort_period,
    lifetimes.cohort_month as cohort_start,
    {{ months_later('lifetimes.cohort_month', 1) }} - 1 as cohort_end,
    lifetimes.account_id as entity_id,
    lifetimes.first_paid_date as first_date
from lifetimes
cross join observations
where lifetimes.cohort_month >= observations.observed_from

union all

select
    'user' as entity,
    'week' as cohort_period,
    dated_users.cohort_start,
    dated_users.cohort_start + 6 as cohort_end,
    dated_users.user_id as entity_id,
    dated_users.first_date
from dated_users
cross join observations
where dated_users.cohort_start >= observations.first_day
