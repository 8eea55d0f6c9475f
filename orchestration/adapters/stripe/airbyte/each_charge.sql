select
    charges.* replace (
        from_stripe(charges.amount, charges.currency) as amount,
        from_stripe(charges.amount_refunded, charges.currency) as amount_refunded,
        case when charges.id not in (select charge from settled_disputes) then charges.disputed end as disputed
    ),
    invoices.due_date,
    invoices.amount_due
from charges
left join (
    -- Each change of an invoice is a line; the last one holds.
    select
        id,
        max_by(due_date, landed_file * 1e9 + landed_line) as due_date,
        max_by(from_stripe(amount_due, currency), landed_file * 1e9 + landed_line) as amount_due
    from invoices
    group by id
) as invoices on invoices.id = charges.invoice
