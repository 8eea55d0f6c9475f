with

source as (
    {{ landed_rows('crm', 'account_keys') }}
)

select
    -- ids
    foreign_key,
    account_id,
    -- texts
    lower(system) as key_system,
    lower(domain) as key_domain,
    -- times
    valid_from,
    valid_to,
    -- lineage
    coalesce(
        set_aside_because,
        case when valid_to < valid_from then 'valid_to is before valid_from' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
