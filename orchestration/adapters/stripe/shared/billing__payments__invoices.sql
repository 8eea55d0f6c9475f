-- An invoice that was tried and is still open has failed so far. One that was paid outside of Stripe is paid; of one
-- that a balance paid, or that asked for nothing, nothing was collected.
select
    id as payment_id,
    customer as account_id,
    id as invoice_id,
    as_time(due_date) as due_at,
    as_time(coalesce(paid_at, voided_at, created)) as attempted_at,
    case
        when status = 'paid' and try_cast(amount_due as double) = 0 then 'void'
        when status in ('paid', 'void') then status
        when status = 'uncollectible' or as_yes(attempted) or try_cast(attempt_count as double) > 0 then 'failed'
        else 'pending'
    end as status,
    case
        when status = 'paid' and try_cast(amount_paid as double) > 0 then amount_paid
        else coalesce(amount_due, amount_paid)
    end as amount_minor,
    upper(currency) as currency,
    is_deleted,
    landed_file,
    landed_line
from uncharged_invoices
where status is distinct from 'draft'
