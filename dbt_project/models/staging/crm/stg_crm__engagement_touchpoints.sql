with

source as (select * from {{ source('crm', 'engagement_touchpoints') }} where {{ was_known('_loaded_at') }})

select
    -- ids
    touch_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    -- texts
    kind,
    campaign,
    -- times
    ts as touched_at,
    -- lineage
    cast(null as varchar) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
