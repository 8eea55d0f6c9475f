select
    3600000000 + split_part(account_id, '_', 2)::bigint as id,
    any_value(name) as name,
    account_id as external_id,
    [any_value(domain)] as domain_names,
    false as _fivetran_deleted
from raw.crm_accounts
where account_id in (select account_id from raw.support_tickets)
group by account_id
order by id
