select
    charges.* replace (
        from_stripe(charges.amount, charges.currency) as amount,
        from_stripe(charges.amount_refunded, charges.currency) as amount_refunded
    ),
    invoices.due_date
from charges
left join (
    -- Each change of an invoice is a line; the last one holds.
    select id, max_by(due_date, landed_file * 1e9 + landed_line) as due_date from invoices group by id
) as invoices on invoices.id = charges.invoice
