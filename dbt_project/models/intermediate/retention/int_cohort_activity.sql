{{ config(materialized='ephemeral') }}

with

members as (select * from {{ ref('int_cohort_members') }}),

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

active_days as (select * from {{ ref('int_active_user_days') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Each member has intervals of its own, from its own first day on: all of them are equally long.
paid as (
    select
        members.*,
        {{ months_completed('members.first_date', 'subscriptions.paid_from') }} as first_interval,
        {{ months_completed('members.first_date', 'least(subscriptions.end_date - 1, parameters.as_of_date)') }}
            as last_interval
    from members
    inner join subscriptions on members.entity_id = subscriptions.account_id
    cross join parameters
    where members.entity = 'account'
),

numbers as (
    select number
    from {{ number_series('0', '(select coalesce(max(last_interval), 0) from paid)') }}
),

active_intervals as (
    select distinct
        paid.entity,
        paid.cohort_start,
        paid.entity_id,
        numbers.number as interval_number
    from paid
    inner join numbers
        on
            paid.first_interval <= numbers.number
            and paid.last_interval >= numbers.number

    union all

    select distinct
        members.entity,
        members.cohort_start,
        members.entity_id,
        cast(floor({{ days_between('members.first_date', 'active_days.activity_date') }} / 7) as integer)
            as interval_number
    from members
    inner join active_days on members.entity_id = active_days.user_id
    where members.entity = 'user' and active_days.dimension = 'all'
)

select
    entity,
    cohort_start,
    entity_id,
    interval_number,
    row_number() over (
        partition by entity, entity_id
        order by interval_number
    ) = interval_number + 1 as is_unbroken
from active_intervals
