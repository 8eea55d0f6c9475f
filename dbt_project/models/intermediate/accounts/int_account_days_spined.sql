with

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

days as (select * from {{ ref('int_days_spined') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

services as (
    select
        account_id,
        min({{ local_day('started_at') }}) as first_service_date,
        max(coalesce({{ local_day('ended_at') }}, date '9999-12-31')) as last_service_date
    from subscriptions
    group by account_id
),

-- An account begins with its first service; one that never had any begins with its entry in the CRM.
-- Its days go on for 90 days after the last service, so that every window can run out.
lifetimes as (
    select
        accounts.account_id,
        coalesce(services.first_service_date, {{ local_day('accounts.created_at') }}) as first_date,
        case
            when services.last_service_date < parameters.as_of_date - 90 then services.last_service_date + 90
            else parameters.as_of_date
        end as last_date
    from accounts
    cross join parameters
    left join services on accounts.account_id = services.account_id
)

select
    lifetimes.account_id,
    days.date_day as activity_date,
    lifetimes.first_date,
    {{ days_between('lifetimes.first_date', 'days.date_day') }} as tenure_days
from lifetimes
inner join days
    on
        lifetimes.first_date <= days.date_day
        and lifetimes.last_date >= days.date_day
