with

source as (select * from {{ source('billing', 'fx_rates') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    "from" as from_currency,
    "to" as to_currency,
    -- numbers
    rate,
    -- times
    "date" as rate_date,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
