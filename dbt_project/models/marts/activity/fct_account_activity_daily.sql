{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

account_days as (select * from {{ ref('int_account_days_spined') }} where {{ in_rebuild_window('activity_date') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }} where {{ in_rebuild_window('activity_date') }}),

-- Before the first login that an event tells nobody knows whether there was none.
logins as (
    select first_date from {{ ref('dim_source_coverage') }}
    where source = 'product_logins'
),

daily_usage as (
    select
        account_id,
        activity_date,
        sum(event_count) as event_count,
        sum(core_event_count) as core_event_count,
        sum(login_count) as login_count,
        count(*) as active_user_count
    from user_days
    where not is_internal
    group by account_id, activity_date
)

-- Quiet days stay in as zeros, so a window of rows downstream is a window of days.
select
    account_days.account_id,
    account_days.activity_date,
    cast(coalesce(daily_usage.event_count, 0) as bigint) as event_count,
    cast(coalesce(daily_usage.core_event_count, 0) as bigint) as core_event_count,
    case
        when logins.first_date <= account_days.activity_date then cast(coalesce(daily_usage.login_count, 0) as bigint)
    end as login_count,
    cast(coalesce(daily_usage.active_user_count, 0) as bigint) as active_user_count,
    daily_usage.account_id is not null as is_active
from account_days
cross join logins
left join daily_usage using (account_id, activity_date)
