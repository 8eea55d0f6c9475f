{{ config(materialized='ephemeral') }}

with

plan_spans as (select * from {{ ref('int_account_plan_spans') }}),

active_spans as (select * from {{ ref('int_active_user_spans') }}),

memberships as (select * from {{ ref('int_memberships_dated') }}),

features as (select * from {{ ref('dim_features') }}),

user_reach as (select * from {{ ref('int_user_reach_spans') }}),

account_reach as (select * from {{ ref('int_account_reach_spans') }}),

-- People are counted by role only where the catalogue reserves a feature for that role.
named_roles as (
    select distinct memberships.role
    from memberships
    inner join features on '|' || features.roles || '|' like '%|' || memberships.role || '|%'
),

people as (
    {% for audience, step in [('active', 'active_spans'), ('provisioned', 'memberships')] %}
        select
            '{{ audience }}' as audience,
            account_id,
            user_id,
            'any' as role,
            first_date,
            end_date
        from {{ step }}
        union all
    {% endfor %}
    select
        'provisioned',
        account_id,
        user_id,
        role,
        first_date,
        end_date
    from memberships
    where memberships.role in (select named_roles.role from named_roles)
    union all
    select
        'active',
        active_spans.account_id,
        active_spans.user_id,
        memberships.role,
        greatest(active_spans.first_date, memberships.first_date),
        least(active_spans.end_date, memberships.end_date)
    from active_spans
    inner join memberships
        on
            active_spans.account_id = memberships.account_id
            and active_spans.user_id = memberships.user_id
            and {{ spans_overlap('active_spans', 'memberships') }}
    inner join named_roles on memberships.role = named_roles.role
)

select
    audience,
    account_id,
    user_id,
    role,
    'any' as platforms,
    first_date,
    end_date
from people
union all
-- The same people once more for each list of platforms, while they can reach one of it.
select
    people.audience,
    people.account_id,
    people.user_id,
    people.role,
    user_reach.platforms,
    greatest(people.first_date, user_reach.first_date) as first_date,
    least(people.end_date, user_reach.end_date) as end_date
from people
inner join user_reach
    on
        people.account_id = user_reach.account_id
        and people.user_id = user_reach.user_id
        and {{ spans_overlap('people', 'user_reach') }}
union all
select distinct
    'account' as audience,
    account_id,
    cast(null as string) as user_id,
    'any' as role,
    'any' as platforms,
    date '0001-01-01' as first_date,
    date '9999-12-31' as end_date
from plan_spans
union all
select
    'account' as audience,
    account_id,
    cast(null as string) as user_id,
    'any' as role,
    platforms,
    first_date,
    end_date
from account_reach
