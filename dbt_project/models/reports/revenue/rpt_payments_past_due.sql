with

payments as (select * from {{ ref('fct_account_payments_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

-- Former customers are in: what they owe is owed.
select
    payments.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    payments.overdue_days,
    payments.overdue_invoice_count,
    payments.failed_attempt_count_90d,
    payments.attempt_count_90d,
    subscription_days.mrr,
    subscription_days.is_customer
from payments
inner join parameters on payments.activity_date = parameters.as_of_date
inner join subscription_days using (account_id, activity_date)
inner join accounts using (account_id)
where not accounts.is_internal and payments.overdue_invoice_count > 0
