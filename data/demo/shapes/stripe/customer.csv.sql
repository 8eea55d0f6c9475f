-- Every tenth customer does not say which account it is: its address tells the domain.
select
    'cus_' || split_part(account_id, '_', 2) as id,
    'billing@' || any_value(domain) as email,
    any_value(name) as name,
    min(created_at) as created,
    false as delinquent,
    'NB' || split_part(account_id, '_', 2) as invoice_prefix,
    case when split_part(account_id, '_', 2)::integer % 10 != 3 then '{"account_id": "' || account_id || '"}' end as metadata,
    false as is_deleted
from raw.crm_accounts
where account_id in (select account_id from raw.billing_subscriptions union select account_id from raw.billing_payments)
group by account_id
order by id
