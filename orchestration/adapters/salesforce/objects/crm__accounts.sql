select
    id as account_id,
    name,
    domain_of(website) as domain,
    parent_id as parent_account_id,
    case
        when type ilike '%partner%' or type ilike '%reseller%' then 'partner'
        when type ilike '%customer%' then 'customer'
        when type ilike '%prospect%' then 'prospect'
        -- A word that nobody explains is counted; internal and test are words of ours.
        else nullif(trim(type), '')
    end as account_type,
    industry,
    billing_country as country,
    billing_state as region,
    size_band_of(number_of_employees) as size_band,
    owner_id,
    coalesce(csm_id_c, csm_c) as csm_id,
    as_time(coalesce(go_live_at_c, go_live_date_c)) as go_live_at,
    as_time(created_date) as created_at,
    as_time(coalesce(last_modified_date, system_modstamp)) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from account
