-- HubSpot numbers its companies; here they bear the names of the accounts, so that tables can be compared.
select
    account_id as id,
    name as property_name,
    domain as property_domain,
    created_at as property_createdate,
    updated_at as property_hs_lastmodifieddate,
    industry as property_industry,
    country as property_country,
    region as property_state,
    account_type as property_type,
    case when account_type = 'customer' then 'customer' end as property_lifecyclestage,
    owner_id as property_hubspot_owner_id,
    parent_account_id as property_hs_parent_company_id,
    csm_id as property_customer_success_manager,
    timezone as property_timezone,
    size_band as property_size_band,
    plan_override as property_plan_override,
    false as is_deleted
from raw.crm_accounts
qualify row_number() over (partition by account_id order by valid_from desc) = 1
order by id
