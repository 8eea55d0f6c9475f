{{ config(materialized='ephemeral') }}

with

memberships as (select * from {{ ref('int_memberships_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Who was there before the span, and has no access to the account any more.
people as (
    select
        memberships.account_id,
        memberships.user_id,
        max(memberships.end_date) as end_date,
        parameters.as_of_date
    from memberships
    cross join parameters
    where memberships.first_date <= parameters.as_of_date
    group by memberships.account_id, memberships.user_id, parameters.as_of_date
    having
        min(memberships.first_date) <= parameters.as_of_date - {{ var('exit_signal_days') }}
        and max(memberships.end_date) > parameters.as_of_date - {{ var('exit_signal_days') }}
),

leavers as (
    select
        account_id,
        min(end_date) filter (where end_date <= as_of_date) as since,
        count(*) filter (where end_date <= as_of_date) as leaver_count,
        count(*) as people_count
    from people
    group by account_id
)

select
    account_id,
    'people' as signal,
    'people' as subject_id,
    'people who lost their access' as what,
    since,
    cast(leaver_count as double) as amount,
    'people' as unit
from leavers
where
    leaver_count >= {{ var('deactivation_burst_minimum') }}
    and leaver_count >= {{ var('deactivation_burst_share') }} * people_count
