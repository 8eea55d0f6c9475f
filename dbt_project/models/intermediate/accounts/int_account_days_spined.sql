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
)

-- An account begins with its first service; one that never had any begins with its entry in the CRM.
select
    accounts.account_id,
    days.date_day as activity_date,
    coalesce(first_services.first_service_date, {{ local_day('accounts.created_at') }}) as first_date,
    {{ days_between("coalesce(first_services.first_service_date, " ~ local_day('accounts.created_at') ~ ")", "days.date_day") }} as tenure_days
from accounts
left join first_services using (account_id)
inner join days
    on coalesce(first_services.first_service_date, {{ local_day('accounts.created_at') }}) <= days.date_day
