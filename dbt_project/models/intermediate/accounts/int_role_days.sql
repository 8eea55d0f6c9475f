{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

user_activity as (select * from {{ ref('fct_user_activity_daily') }} where {{ in_rebuild_window('activity_date') }}),

users as (select * from {{ ref('dim_users') }}),

champions as (select * from {{ ref('int_champions_matched_to_accounts') }})

-- A champion is an admin or owner by membership; every other role is the job of the person.
select distinct
    user_activity.account_id,
    users.role,
    user_activity.activity_date
from user_activity
inner join users using (user_id)
where not user_activity.is_internal and users.role is not null

union all

select distinct
    user_activity.account_id,
    'champion' as role,
    user_activity.activity_date
from user_activity
inner join champions using (account_id, user_id)
where
    not user_activity.is_internal
    and champions.first_date <= user_activity.activity_date
    and (champions.last_date is null or champions.last_date >= user_activity.activity_date)
