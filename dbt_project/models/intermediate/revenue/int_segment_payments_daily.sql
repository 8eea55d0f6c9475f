with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

payments as (select * from {{ ref('int_payments_deduplicated') }}),

invoices as (select * from {{ ref('fct_invoices') }}),

overdue as (select * from {{ ref('int_payments_overdue_daily') }}),

attempts as (
    select
        account_id,
        {{ local_day('attempted_at') }} as activity_date,
        count(*) filter (where status in ('paid', 'failed', 'refunded', 'disputed')) as attempt_count,
        count(*) filter (where status = 'failed') as failed_attempt_count
    from payments
    group by account_id, {{ local_day('attempted_at') }}
),

-- An attempt that names no invoice cannot be followed to a later one, and what was void or of an unknown outcome before
-- its days were over neither recovered nor failed to.
failures as (
    select
        account_id,
        first_failed_date as activity_date,
        count(*) as failed_invoice_count,
        count(*) filter (where settled_date <= first_failed_date + {{ var('payment_recovery_days') }})
            as recovered_invoice_count
    from invoices
    where
        invoice_id is not null
        and first_failed_date is not null
        and (
            undecided_date is null
            or undecided_date > first_failed_date + {{ var('payment_recovery_days') }}
            or settled_date <= first_failed_date + {{ var('payment_recovery_days') }}
        )
    group by account_id, first_failed_date
),

-- An account counts in its segment of the day of the attempt, so those who left since are in.
daily as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        count(*) as account_count,
        count(overdue.account_id) as overdue_account_count,
        sum(overdue.overdue_days) as overdue_days,
        sum(attempts.attempt_count) as attempt_count,
        sum(attempts.failed_attempt_count) as failed_attempt_count,
        sum(failures.failed_invoice_count) as failed_invoice_count,
        sum(failures.recovered_invoice_count) as recovered_invoice_count
    from segments
    left join overdue using (account_id, activity_date)
    left join attempts using (account_id, activity_date)
    left join failures using (account_id, activity_date)
    where segments.dimension != 'account'
    group by segments.dimension, segments.segment, segments.activity_date
)

-- A failed invoice counts once its days of grace are over, and what becomes of it later changes nothing.
select
    dimension,
    segment,
    activity_date,
    account_count,
    overdue_account_count,
    cast(coalesce(overdue_days, 0) as bigint) as overdue_days,
    cast(coalesce(sum(attempt_count) over last_90_days, 0) as bigint) as attempt_count_90d,
    cast(coalesce(sum(failed_attempt_count) over last_90_days, 0) as bigint) as failed_attempt_count_90d,
    cast(coalesce(sum(failed_invoice_count) over decided, 0) as bigint) as failed_invoice_count_90d,
    cast(coalesce(sum(recovered_invoice_count) over decided, 0) as bigint) as recovered_invoice_count_90d
from daily
window
    last_90_days as (
        partition by dimension, segment
        order by activity_date
        range between interval 89 days preceding and current row
    ),
    decided as (
        partition by dimension, segment
        order by activity_date
        range between interval {{ var('payment_recovery_days') | int + 89 }} days preceding
        and interval {{ var('payment_recovery_days') }} days preceding
    )
