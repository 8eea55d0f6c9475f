select
    charge.id as payment_id,
    charge.customer_id as account_id,
    charge.invoice_id,
    as_time(invoice.due_date) as due_at,
    as_time(charge.created) as attempted_at,
    case
        when as_yes(charge.disputed) then 'disputed'
        when charge.status = 'succeeded' and try_cast(charge.amount_refunded as bigint) >= try_cast(charge.amount as bigint)
            and try_cast(charge.amount as bigint) > 0 then 'refunded'
        when charge.status = 'succeeded' then 'paid'
        else charge.status
    end as status,
    charge.amount as amount_minor,
    upper(charge.currency) as currency,
    charge.failure_code,
    charge.is_deleted,
    charge.landed_file,
    charge.landed_line
from charge
left join invoice on invoice.id = charge.invoice_id
