{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

user_activity as (
    select * from {{ ref('fct_user_activity_daily') }}
    where not is_internal and {{ in_rebuild_window('activity_date', look_back=27) }}
),

users as (select * from {{ ref('dim_users') }} where role is not null),

champions as (select * from {{ ref('int_champions_matched_to_accounts') }}),

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date') }}
),

-- A champion is an admin or owner by membership; every other role is the job of the person.
role_days as (
    select distinct
        user_activity.account_id,
        'role' as kind,
        users.role,
        user_activity.activity_date
    from user_activity
    inner join users using (user_id)
    union all
    select distinct
        user_activity.account_id,
        'champion' as kind,
        'champion' as role,
        user_activity.activity_date
    from user_activity
    inner join champions using (account_id, user_id)
    where
        champions.first_date <= user_activity.activity_date
        and (champions.last_date is null or champions.last_date >= user_activity.activity_date)
),

neighbours as (
    select
        *,
        {{ days_between('lag(activity_date) over role_history', 'activity_date') }} as days_since_previous,
        {{ days_between('activity_date', 'lead(activity_date) over role_history') }} as days_until_next
    from role_days
    window role_history as (
        partition by account_id, kind, role
        order by activity_date
    )
),

-- The merged spans of int_active_users_daily, for roles in place of users.
changes as (
    {% for days, kind in [(28, 'role'), (14, 'champion')] %}
        {% for neighbour, step, sign in [('days_since_previous', 0, ''), ('days_until_next', days, '-')] %}
            select
                account_id,
                activity_date + {{ step }} as activity_date,
                0 as is_account_day,
                {{ sign }}{{ 1 if kind == 'role' else 0 }} as role_change,
                {{ sign }}{{ 1 if kind == 'champion' else 0 }} as champion_change
            from neighbours
            where kind = '{{ kind }}' and coalesce({{ neighbour }}, {{ days }}) >= {{ days }}
            union all
        {% endfor %}
    {% endfor %}
    select
        account_id,
        activity_date,
        1,
        0,
        0
    from account_days
),

-- Days that are none of the account (before its first, or in a gap) carry the counts over, and are dropped at the end.
running as (
    select
        account_id,
        activity_date,
        max(is_account_day) = 1 as is_account_day,
        cast(sum(sum(role_change)) over account_history as bigint) as active_role_count,
        sum(sum(champion_change)) over account_history > 0 as has_active_champion
    from changes
    group by account_id, activity_date
    window account_history as (
        partition by account_id
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    account_id,
    activity_date,
    active_role_count,
    has_active_champion
from running
where is_account_day and {{ in_rebuild_window('activity_date') }}
