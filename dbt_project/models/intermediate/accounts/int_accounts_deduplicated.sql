with

accounts as (select * from {{ with_known_accounts('stg_crm__accounts') }})

select
    account_id,
    parent_account_id,
    owner_id,
    csm_id,
    account_name,
    domain,
    account_type,
    industry,
    country,
    region,
    size_band,
    age_band,
    plan_override,
    lifecycle_override,
    timezone,
    account_type in ('internal', 'test') as is_internal,
    created_at,
    landed_file,
    landed_line
from accounts
where
    rejection_reason is null
    and {{ happened_by_as_of('created_at') }}
-- A state from after the last complete day is taken only where no earlier one was exported.
qualify
    {{ is_latest(['account_id'], [happened_by_as_of('coalesce(valid_from, updated_at)'), 'valid_from', 'updated_at']) }}
