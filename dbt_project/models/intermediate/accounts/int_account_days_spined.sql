with

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

days as (select * from {{ ref('int_days_spined') }}),

first_services as (
    select
        account_id,
        min({{ local_day('started_at') }}) as first_service_date
    from subscriptions
    group by account_id
),

-- An account begins with its first service; one that never had any begins with its entry in the CRM.
beginnings as (
    select
        accounts.account_id,
        coalesce(first_services.first_service_date, {{ local_day('accounts.created_at') }}) as first_date
    from accounts
    left join first_services using (account_id)
)

select
    beginnings.account_id,
    days.date_day as activity_date,
    beginnings.first_date,
    {{ days_between('beginnings.first_date', 'days.date_day') }} as tenure_days
from beginnings
inner join days on beginnings.first_date <= days.date_day
