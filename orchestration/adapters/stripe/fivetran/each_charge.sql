select
    charge.id,
    charge.customer_id as customer,
    charge.invoice_id as invoice,
    invoice.due_date,
    charge.created,
    charge.status,
    charge.disputed,
    charge.amount,
    charge.amount_refunded,
    charge.currency,
    charge.failure_code,
    charge.is_deleted,
    charge.landed_file,
    charge.landed_line
from charge
left join invoice on invoice.id = charge.invoice_id
