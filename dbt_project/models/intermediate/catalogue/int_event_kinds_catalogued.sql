with

landed as (select * from {{ ref('stg_catalogue__event_catalog') }})

select
    event_name,
    feature_id,
    is_activity,
    is_core,
    is_login,
    is_error,
    is_system,
    is_export,
    is_cancel_help,
    landed_file,
    landed_line
from landed
where rejection_reason is null
qualify {{ is_latest(['event_name'], []) }}
