select
    as_key(id) as account_id,
    name as name,
    coalesce(domain_of(domain), lower(domain)) as domain,
    as_key(hs_parent_company_id) as parent_account_id,
    case
        when lower(type) in ('partner', 'reseller') then 'partner'
        when lower(lifecyclestage) in ('customer', 'evangelist') then 'customer'
        when lower(lifecyclestage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity') or lower(type) = 'prospect'
            then 'prospect'
    end as account_type,
    industry as industry,
    country as country,
    state as region,
    case
        when try_cast(numberofemployees as double) < 10 then '1-9'
        when try_cast(numberofemployees as double) < 50 then '10-49'
        when try_cast(numberofemployees as double) < 250 then '50-249'
        when try_cast(numberofemployees as double) >= 250 then '250+'
    end as size_band,
    as_key(hubspot_owner_id) as owner_id,
    as_key(customer_success_manager) as csm_id,
    timezone as timezone,
    as_time(createdate) as created_at,
    as_time(hs_lastmodifieddate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from companies
