select
    Id as account_id,
    Name as name,
    domain_of(Website) as domain,
    ParentId as parent_account_id,
    case
        when lower(Type) like '%partner%' or lower(Type) like '%reseller%' then 'partner'
        when lower(Type) like '%customer%' then 'customer'
        when lower(Type) like '%prospect%' then 'prospect'
    end as account_type,
    Industry as industry,
    BillingCountry as country,
    BillingState as region,
    case
        when try_cast(NumberOfEmployees as double) < 10 then '1-9'
        when try_cast(NumberOfEmployees as double) < 50 then '10-49'
        when try_cast(NumberOfEmployees as double) < 250 then '50-249'
        when try_cast(NumberOfEmployees as double) >= 250 then '250+'
    end as size_band,
    OwnerId as owner_id,
    as_time(CreatedDate) as created_at,
    as_time(LastModifiedDate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from Account
