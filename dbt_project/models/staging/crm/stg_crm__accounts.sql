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
    industry,
    country,
    region,
    size_band,
    age_band,
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
