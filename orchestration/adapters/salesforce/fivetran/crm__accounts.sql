select
    id as account_id,
    name as name,
    domain_of(website) as domain,
    parent_id as parent_account_id,
    case
        when lower(type) like '%partner%' or lower(type) like '%reseller%' then 'partner'
        when lower(type) like '%customer%' then 'customer'
        when lower(type) like '%prospect%' then 'prospect'
    end as account_type,
    industry as industry,
    billing_country as country,
    billing_state as region,
    case
        when try_cast(number_of_employees as double) < 10 then '1-9'
        when try_cast(number_of_employees as double) < 50 then '10-49'
        when try_cast(number_of_employees as double) < 250 then '50-249'
        when try_cast(number_of_employees as double) >= 250 then '250+'
    end as size_band,
    owner_id as owner_id,
    as_time(created_date) as created_at,
    as_time(last_modified_date) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from account
where coalesce(as_yes(_fivetran_active), true)
