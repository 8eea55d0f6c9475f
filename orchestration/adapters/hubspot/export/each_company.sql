select
    as_key("Record ID") as company_id,
    "Company name" as name,
    coalesce("Company Domain Name", domain_of("Website URL")) as domain,
    -- Of several parents none is the parent.
    case when "Parent Company IDs" not like '%;%' then "Parent Company IDs" end as hs_parent_company_id,
    Type as type,
    -- A list shows the label of a stage, Marketing Qualified Lead, and the API its name.
    replace(lower("Lifecycle Stage"), ' ', '') as lifecyclestage,
    Industry as industry,
    "Country/Region" as country,
    "State/Region" as state,
    "Number of Employees" as numberofemployees,
    size_band,
    age_band,
    plan_override,
    lifecycle_override,
    "Company owner" as hubspot_owner_id,
    "Customer Success Manager" as customer_success_manager,
    "Time Zone" as timezone,
    "Create Date" as createdate,
    "Last Modified Date" as hs_lastmodifieddate,
    "Merged object IDs" as hs_merged_object_ids,
    is_deleted,
    landed_file,
    landed_line
from companies
