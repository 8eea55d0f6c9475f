-- An invoice that was tried and is still open has failed so far.
select
    id as payment_id,
    customer as account_id,
    id as invoice_id,
    as_time(due_date) as due_at,
    as_time(coalesce(status_transitions__paid_at, created)) as attempted_at,
    case
        when status = 'paid' then 'paid'
        when status = 'void' then 'void'
        when status = 'uncollectible' or as_yes(attempted) or try_cast(attempt_count as double) > 0 then 'failed'
        else 'pending'
    end as status,
    from_stripe(coalesce(case when status = 'paid' then amount_paid end, amount_due), currency) as amount_minor,
    upper(currency) as currency,
    landed_file,
    landed_line
from invoice
where status is distinct from 'draft'
