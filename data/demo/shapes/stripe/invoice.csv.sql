select
    invoice_id as id,
    any_value('cus_' || split_part(account_id, '_', 2)) as customer_id,
    'sub_' || split_part(invoice_id, '_', 2) || '_' || split_part(invoice_id, '_', 3) as subscription_id,
    min(due_at) as due_date,
    min(due_at) as created,
    case when bool_or(status in ('paid', 'refunded')) then 'paid' else 'open' end as status,
    false as is_deleted
from raw.billing_payments
where invoice_id is not null
group by invoice_id
order by id
