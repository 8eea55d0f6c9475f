-- A company as it is now, where no history tells what it was; a property of yours that is named as a column of ours says it.
select
    company_id as account_id,
    name,
    coalesce(domain_of(domain), lower(domain)) as domain,
    as_key(hs_parent_company_id) as parent_account_id,
    account_type_of(type, lifecyclestage) as account_type,
    industry,
    country,
    state as region,
    coalesce(size_band, size_band_of(numberofemployees)) as size_band,
    age_band,
    plan_override,
    lifecycle_override,
    as_key(hubspot_owner_id) as owner_id,
    as_key(customer_success_manager) as csm_id,
    timezone,
    as_time(createdate) as created_at,
    as_time(hs_lastmodifieddate) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from each_company
where not exists (
    select 1 from dated_change
    where dated_change.company_id = each_company.company_id and dated_change.changed_at is not null
)
