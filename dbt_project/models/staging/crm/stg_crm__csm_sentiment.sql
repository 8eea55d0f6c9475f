with

source as (select * from {{ source('crm', 'csm_sentiment') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    account_id,
    author as author_id,
    -- numbers
    value as sentiment,
    -- booleans
    reason is not null as has_reason,
    -- times
    set_at,
    expires_at,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
