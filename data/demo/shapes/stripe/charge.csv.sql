select
    payment_id as id,
    'cus_' || split_part(account_id, '_', 2) as customer_id,
    invoice_id,
    amount_minor as amount,
    case when status = 'refunded' then amount_minor else 0 end as amount_refunded,
    lower(currency) as currency,
    case when status in ('paid', 'refunded') then 'succeeded' else status end as status,
    status in ('paid', 'refunded') as paid,
    failure_code,
    attempted_at as created,
    false as _fivetran_deleted
from raw.billing_payments
order by attempted_at, id
