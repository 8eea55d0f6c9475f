{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

account_days as (select * from {{ ref('fct_subscriptions_daily') }}),

payments as (select * from {{ ref('int_payments_deduplicated') }}),

overdue as (select * from {{ ref('int_payments_overdue_daily') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

attempts as (
    select
        account_id,
        {{ local_day('attempted_at') }} as activity_date,
        count(*) filter (where status in ('paid', 'failed', 'refunded', 'disputed')) as attempt_count,
        count(*) filter (where status = 'failed') as failed_attempt_count
    from payments
    where {{ happened_in_rebuild_window('attempted_at', look_back=89) }}
    group by account_id, {{ local_day('attempted_at') }}
),

-- Without payments nothing failed and nothing is paid: there is no row then, and no zero.
covered_days as (
    select
        account_days.account_id,
        account_days.activity_date,
        coverage.first_date
    from account_days
    inner join coverage on account_days.activity_date >= coverage.first_date
    where
        coverage.source = 'billing_payments'
        and coverage.status != 'absent'
        and {{ in_rebuild_window('account_days.activity_date', look_back=89) }}
),

windowed as (
    select
        covered_days.account_id,
        covered_days.activity_date,
        covered_days.first_date,
        sum(coalesce(attempts.attempt_count, 0)) over last_90_days as attempt_count_90d,
        sum(coalesce(attempts.failed_attempt_count, 0)) over last_90_days as failed_attempt_count_90d
    from covered_days
    left join attempts using (account_id, activity_date)
    window last_90_days as (
        partition by covered_days.account_id
        order by covered_days.activity_date
        range between interval 89 days preceding and current row
    )
)

select
    windowed.account_id,
    windowed.activity_date,
    cast(windowed.attempt_count_90d as bigint) as attempt_count_90d,
    cast(windowed.failed_attempt_count_90d as bigint) as failed_attempt_count_90d,
    coalesce(overdue.overdue_invoice_count, 0) as overdue_invoice_count,
    coalesce(overdue.overdue_days, 0) as overdue_days,
    windowed.first_date + 89 <= windowed.activity_date as is_window_complete
from windowed
left join overdue using (account_id, activity_date)
where {{ in_rebuild_window('windowed.activity_date') }}
