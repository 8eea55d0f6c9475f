with

attempts as (select * from {{ ref('int_payments_deduplicated') }}),

named as (
    select
        *,
        coalesce(invoice_id, payment_id) as billed_id,
        status in ('paid', 'refunded', 'disputed') as is_settling,
        status in ('paid', 'refunded', 'disputed', 'failed') as is_decided,
        row_number() over (
            partition by account_id, coalesce(invoice_id, payment_id)
            order by attempted_at, payment_id
        ) as attempt_number
    from attempts
),

invoices as (
    select
        account_id,
        billed_id,
        max(invoice_id) as invoice_id,
        max(case when attempt_number = 1 then {{ local_day('coalesce(due_at, attempted_at)') }} end) as due_date,
        min({{ local_day('attempted_at') }}) as first_attempt_date,
        min(case when status = 'failed' then {{ local_day('attempted_at') }} end) as first_failed_date,
        min(case when is_settling then {{ local_day('attempted_at') }} end) as settled_date,
        min(case when status = 'void' or status is null then {{ local_day('attempted_at') }} end) as undecided_date,
        count(*) filter (where is_decided) as attempt_count,
        count(*) filter (where status = 'failed') as failed_attempt_count
    from named
    group by account_id, billed_id
)

-- An invoice is known from its first attempt on: what was due before that cannot be late for anybody yet. What is void
-- is owed no more and was never paid; of an attempt whose outcome nobody knows the same is all that can be said.
select
    account_id,
    billed_id,
    invoice_id,
    due_date,
    first_attempt_date,
    greatest(due_date + 1, first_attempt_date) as overdue_from_date,
    case when first_failed_date <= coalesce(settled_date, first_failed_date) then first_failed_date end
        as first_failed_date,
    settled_date,
    undecided_date,
    attempt_count,
    failed_attempt_count
from invoices
