select
    as_key(id) as account_id,
    property_name as name,
    coalesce(domain_of(property_domain), lower(property_domain)) as domain,
    as_key(property_hs_parent_company_id) as parent_account_id,
    case
        when lower(property_type) in ('partner', 'reseller') then 'partner'
        when lower(property_lifecyclestage) in ('customer', 'evangelist') then 'customer'
        when lower(property_lifecyclestage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity') or lower(property_type) = 'prospect'
            then 'prospect'
    end as account_type,
    property_industry as industry,
    property_country as country,
    property_state as region,
    case
        when try_cast(property_numberofemployees as double) < 10 then '1-9'
        when try_cast(property_numberofemployees as double) < 50 then '10-49'
        when try_cast(property_numberofemployees as double) < 250 then '50-249'
        when try_cast(property_numberofemployees as double) >= 250 then '250+'
    end as size_band,
    as_key(property_hubspot_owner_id) as owner_id,
    as_key(property_customer_success_manager) as csm_id,
    property_timezone as timezone,
    as_time(property_createdate) as created_at,
    as_time(property_hs_lastmodifieddate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from company
