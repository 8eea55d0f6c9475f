with

landed as (select * from {{ ref('stg_catalogue__feature_catalog') }})

select
    feature_id,
    feature_name,
    area,
    plans,
    roles,
    platforms,
    importance,
    core_min_count,
    is_core,
    released_on,
    retired_on,
    landed_file,
    landed_line
from landed
where rejection_reason is null
qualify {{ is_latest(['feature_id'], []) }}
