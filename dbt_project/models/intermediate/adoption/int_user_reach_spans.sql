with

platform_days as (select * from {{ ref('int_user_usage_summed_to_days') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

memberships as (select * from {{ ref('int_memberships_dated') }}),

active_spans as (select * from {{ ref('int_active_user_spans') }}),

features as (select * from {{ ref('dim_features') }}),

named_platforms as (
    select distinct platforms
    from features
    where platforms is not null
),

known_days as (
    select
        platform_days.account_id,
        platform_days.user_id,
        named_platforms.platforms,
        platform_days.activity_date,
        case
            when bool_or('|' || named_platforms.platforms || '|' like '%|' || platform_days.platform || '|%') then 1
            else 0
        end as use_change
    from platform_days
    inner join user_days using (account_id, user_id, activity_date)
    cross join named_platforms
    where user_days.is_in_population and platform_days.platform != 'unknown'
    group by
        platform_days.account_id, platform_days.user_id, named_platforms.platforms, platform_days.activity_date
),

people as (
    select
        account_id,
        user_id
    from memberships
    union
    select
        account_id,
        user_id
    from active_spans
),

-- What is known of a day counts from it until 28 days later. Before that nothing is known of anybody.
changes as (
    select
        people.account_id,
        people.user_id,
        named_platforms.platforms,
        date '0001-01-01' as change_date,
        0 as known_change,
        0 as use_change
    from people
    cross join named_platforms
    {% for step, sign in [('0', '1'), ('28', '-1')] %}
        union all
        select
            account_id,
            user_id,
            platforms,
            activity_date + {{ step }},
            {{ sign }},
            {{ sign }} * use_change
        from known_days
    {% endfor %}
),

judged as (
    select
        account_id,
        user_id,
        platforms,
        change_date,
        sum(sum(known_change)) over user_history = 0 or sum(sum(use_change)) over user_history > 0 as is_reached
    from changes
    group by account_id, user_id, platforms, change_date
    window user_history as (
        partition by account_id, user_id, platforms
        order by change_date
    )
),

{{ spans_of_state('judged', 'is_reached', ['account_id', 'user_id', 'platforms']) }}

select
    account_id,
    user_id,
    platforms,
    first_date,
    end_date
from spans
where is_reached
