select
    charge.id,
    charge.customer_id as customer,
    charge.invoice_id as invoice,
    invoices.due_date,
    invoices.amount_due,
    charge.created,
    charge.status,
    charge.captured,
    charge.refunded,
    case when charge.id not in (select charge from settled_disputes) then charge.disputed end as disputed,
    from_stripe(charge.amount, charge.currency) as amount,
    from_stripe(charge.amount_refunded, charge.currency) as amount_refunded,
    charge.currency,
    charge.failure_code,
    charge.is_deleted,
    charge.landed_file,
    charge.landed_line
from charge
left join (
    -- An invoice that is exported again is another line; the last one holds.
    select
        id,
        max_by(due_date, (landed_file, landed_line)) as due_date,
        max_by(from_stripe(amount_due, currency), (landed_file, landed_line)) as amount_due
    from invoice
    group by id
) as invoices on invoices.id = charge.invoice_id
