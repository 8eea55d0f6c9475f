with

source as (
    {{ landed_rows('billing', 'transactions') }}
)

select
    -- ids
    transaction_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    -- texts
    upper(trim(currency)) as currency,
    status,
    -- numbers
    amount_minor,
    margin_minor,
    -- times
    ts as ordered_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
