select
    charges.id as payment_id,
    charges.customer as account_id,
    charges.invoice as invoice_id,
    as_time(invoices.due_date) as due_at,
    as_time(charges.created) as attempted_at,
    case
        when as_yes(charges.disputed) then 'disputed'
        when charges.status = 'succeeded' and try_cast(charges.amount_refunded as bigint) >= try_cast(charges.amount as bigint)
            and try_cast(charges.amount as bigint) > 0 then 'refunded'
        when charges.status = 'succeeded' then 'paid'
        else charges.status
    end as status,
    charges.amount as amount_minor,
    upper(charges.currency) as currency,
    charges.failure_code,
    charges.is_deleted,
    charges.landed_file,
    charges.landed_line
from charges
left join (
    -- Each change of an invoice is a line; the last one holds.
    select id, max_by(due_date, landed_file * 1e9 + landed_line) as due_date from invoices group by id
) as invoices on invoices.id = charges.invoice
