with

-- dlt keeps with a company which deals it has.
companies as (
    select
        as_key(deals_id) as deal_id,
        case when count(distinct as_key(value)) = 1 then min(as_key(value)) end as company_id
    from companies__deals
    group by all
)

select
    as_key(deals.id) as deal_id,
    companies.company_id,
    deals.hubspot_owner_id as owner_id,
    deals.* exclude (id, hubspot_owner_id)
from deals
left join companies on companies.deal_id = as_key(deals.id)
