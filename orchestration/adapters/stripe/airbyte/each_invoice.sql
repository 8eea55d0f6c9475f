select
    id,
    customer,
    status,
    due_date,
    created,
    inside(status_transitions, '$.paid_at') as paid_at,
    inside(status_transitions, '$.voided_at') as voided_at,
    from_stripe(amount_due, currency) as amount_due,
    from_stripe(amount_paid, currency) as amount_paid,
    currency,
    attempted,
    attempt_count,
    is_deleted,
    landed_file,
    landed_line
from invoices
