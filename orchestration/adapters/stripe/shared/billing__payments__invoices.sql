-- What an invoice asked for since it was written, so that one that was paid late was late, and what became of it. One
-- that was tried and is still open has failed so far. One that was paid outside of Stripe is paid; of one that a balance
-- paid, or that asked for nothing, nothing was collected.
with

invoices as (
    select
        *,
        as_yes(attempted) or try_cast(attempt_count as double) > 0 as is_tried
    from uncharged_invoices
    where status is distinct from 'draft'
),

told as (
    select *, concat(id, ':asked') as payment_id, created as attempted_at, 'pending' as outcome, amount_due as amount
    from invoices
    where try_cast(amount_due as double) > 0
    union all
    select
        *,
        id,
        coalesce(paid_at, voided_at, created),
        case
            when status = 'paid' and try_cast(amount_due as double) = 0 then 'void'
            when status = 'uncollectible' or (status = 'open' and is_tried) then 'failed'
            else status
        end,
        -- Less the parts that charges paid.
        case
            when part_paid is not null then cast(try_cast(amount_due as double) - part_paid as varchar)
            when status = 'paid' and try_cast(amount_paid as double) > 0 then amount_paid
            else amount_due
        end
    from invoices
    where status is distinct from 'open' or (is_tried and part_paid is null)
)

select
    payment_id,
    customer as account_id,
    id as invoice_id,
    as_time(due_date) as due_at,
    as_time(attempted_at) as attempted_at,
    outcome as status,
    amount as amount_minor,
    upper(currency) as currency,
    is_deleted,
    landed_file,
    landed_line
from told
