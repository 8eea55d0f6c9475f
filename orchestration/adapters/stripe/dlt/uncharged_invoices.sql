-- The source brings no charges, so every invoice tells its payment.
select
    id,
    customer,
    status,
    due_date,
    created,
    status_transitions__paid_at as paid_at,
    status_transitions__voided_at as voided_at,
    from_stripe(amount_due, currency) as amount_due,
    from_stripe(amount_paid, currency) as amount_paid,
    currency,
    cast(null as double) as part_paid,
    attempted,
    attempt_count,
    is_deleted,
    landed_file,
    landed_line
from invoice
