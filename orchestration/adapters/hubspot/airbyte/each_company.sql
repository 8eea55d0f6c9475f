-- Airbyte writes each property as a column, HubSpot itself all of them as one object. What is no object is counted.
with

told_by_hubspot as (
    select
        id,
        createdAt,
        updatedAt,
        inside(properties, '$.name') as properties_name,
        inside(properties, '$.domain') as properties_domain,
        coalesce(inside(properties, '$.createdate'), no_json(properties)) as properties_createdate,
        inside(properties, '$.hs_lastmodifieddate') as properties_hs_lastmodifieddate,
        inside(properties, '$.industry') as properties_industry,
        inside(properties, '$.country') as properties_country,
        inside(properties, '$.state') as properties_state,
        inside(properties, '$.type') as properties_type,
        inside(properties, '$.lifecyclestage') as properties_lifecyclestage,
        inside(properties, '$.hubspot_owner_id') as properties_hubspot_owner_id,
        inside(properties, '$.numberofemployees') as properties_numberofemployees,
        inside(properties, '$.hs_parent_company_id') as properties_hs_parent_company_id,
        inside(properties, '$.hs_merged_object_ids') as properties_hs_merged_object_ids,
        inside(properties, '$.customer_success_manager') as properties_customer_success_manager,
        inside(properties, '$.timezone') as properties_timezone,
        inside(properties, '$.size_band') as properties_size_band,
        inside(properties, '$.age_band') as properties_age_band,
        inside(properties, '$.plan_override') as properties_plan_override,
        inside(properties, '$.lifecycle_override') as properties_lifecycle_override,
        is_deleted,
        landed_file,
        landed_line
    from api_companies
),

every_company as (
    select * from companies
    union all by name
    select * from told_by_hubspot
)

select
    as_key(id) as company_id,
    properties_name as name,
    properties_domain as domain,
    properties_hs_parent_company_id as hs_parent_company_id,
    properties_type as type,
    properties_lifecyclestage as lifecyclestage,
    properties_industry as industry,
    properties_country as country,
    properties_state as state,
    properties_numberofemployees as numberofemployees,
    properties_size_band as size_band,
    properties_age_band as age_band,
    properties_plan_override as plan_override,
    properties_lifecycle_override as lifecycle_override,
    properties_hubspot_owner_id as hubspot_owner_id,
    properties_customer_success_manager as customer_success_manager,
    properties_timezone as timezone,
    coalesce(properties_createdate, createdAt) as createdate,
    coalesce(properties_hs_lastmodifieddate, updatedAt) as hs_lastmodifieddate,
    properties_hs_merged_object_ids as hs_merged_object_ids,
    is_deleted,
    landed_file,
    landed_line
from every_company
