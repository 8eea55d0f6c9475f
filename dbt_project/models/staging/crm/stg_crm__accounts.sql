with

source as (
    {{ landed_rows('crm', 'accounts') }}
)

select
    -- ids
    account_id,
    parent_account_id,
    owner_id,
    csm_id,
    -- texts
    name as account_name,
    lower(domain) as domain,
    coalesce(account_type, 'customer') as account_type,
    trim(industry) as industry,
    -- A code of two letters is one in any capitals.
    case when length(trim(country)) = 2 then upper(trim(country)) else trim(country) end as country,
    trim(region) as region,
    trim(size_band) as size_band,
    trim(age_band) as age_band,
    plan_override,
    lifecycle_override,
    timezone,
    -- times
    created_at,
    go_live_at,
    updated_at,
    valid_from,
    valid_to,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
