select
    as_key(id) as account_id,
    properties_name as name,
    coalesce(domain_of(properties_domain), lower(properties_domain)) as domain,
    as_key(properties_hs_parent_company_id) as parent_account_id,
    case
        when lower(properties_type) in ('partner', 'reseller') then 'partner'
        when lower(properties_lifecyclestage) in ('customer', 'evangelist') then 'customer'
        when lower(properties_lifecyclestage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity') or lower(properties_type) = 'prospect'
            then 'prospect'
    end as account_type,
    properties_industry as industry,
    properties_country as country,
    properties_state as region,
    case
        when try_cast(properties_numberofemployees as double) < 10 then '1-9'
        when try_cast(properties_numberofemployees as double) < 50 then '10-49'
        when try_cast(properties_numberofemployees as double) < 250 then '50-249'
        when try_cast(properties_numberofemployees as double) >= 250 then '250+'
    end as size_band,
    as_key(properties_hubspot_owner_id) as owner_id,
    as_key(properties_customer_success_manager) as csm_id,
    properties_timezone as timezone,
    as_time(properties_createdate) as created_at,
    as_time(properties_hs_lastmodifieddate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from companies
