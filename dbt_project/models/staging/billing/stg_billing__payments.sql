with

source as (
    {{ landed_rows('billing', 'payments') }}
)

select
    -- ids
    payment_id,
    account_id,
    invoice_id,
    -- texts
    status,
    upper(trim(currency)) as currency,
    failure_code,
    -- numbers
    amount_minor,
    -- times
    due_at,
    attempted_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
