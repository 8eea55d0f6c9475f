with

source as (
    {{ landed_rows('crm', 'accounts') }}
),

-- The earliest known state of an account counts from the beginning.
held as (
    select
        *,
        case
            when
                coalesce(valid_from, updated_at)
                > min(coalesce(valid_from, updated_at)) over (partition by account_id)
                then coalesce(valid_from, updated_at)
            else created_at
        end as counts_from
    from source
)

select
    -- ids
    account_id,
    parent_account_id,
    {{ one_spelling('owner_id', 'counts_from') }} as owner_id,
    {{ one_spelling('csm_id', 'counts_from') }} as csm_id,
    -- texts
    name as account_name,
    lower(domain) as domain,
    coalesce(account_type, 'customer') as account_type,
    {{ one_spelling('industry', 'counts_from') }} as industry,
    -- A code of two letters is one in any capitals.
    case
        when length(trim(country)) = 2 then upper(trim(country))
        else {{ one_spelling('country', 'counts_from') }}
    end as country,
    {{ one_spelling('region', 'counts_from') }} as region,
    {{ one_spelling('size_band', 'counts_from') }} as size_band,
    {{ one_spelling('age_band', 'counts_from') }} as age_band,
    {{ one_spelling('plan_override', 'counts_from') }} as plan_override,
    {{ one_spelling('lifecycle_override', 'counts_from') }} as lifecycle_override,
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
from held
