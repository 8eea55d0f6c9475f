with

source as (
    {{ landed_rows('billing', 'fx_rates') }}
)

select
    -- ids
    upper(trim(source.from)) as from_currency,
    upper(trim(source.to)) as to_currency,
    -- numbers
    rate,
    -- times
    source.date as rate_date,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
