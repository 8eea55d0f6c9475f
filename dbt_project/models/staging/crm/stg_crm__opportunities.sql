with

source as (
    {{ landed_rows('crm', 'opportunities') }}
)

select
    -- ids
    opportunity_id,
    account_id,
    owner_id,
    -- texts
    type as opportunity_type,
    status,
    stage,
    upper(trim(currency)) as currency,
    -- numbers
    amount,
    forecast_amount,
    target_amount,
    -- times
    close_date,
    created_at,
    closed_at,
    updated_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
