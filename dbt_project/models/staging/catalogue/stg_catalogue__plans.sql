with

source as (select * from {{ source('catalogue', 'plans') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    plan_id,
    -- texts
    tier,
    upper(currency) as currency,
    -- numbers
    list_price_minor,
    seats_included,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
