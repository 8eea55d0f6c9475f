with

source as (
    {{ landed_rows('surveys', 'responses') }}
)

select
    -- ids
    response_id,
    invite_id,
    {{ pseudonym('user_id') }} as user_id,
    account_id,
    -- texts
    survey_type,
    topic,
    -- numbers
    score,
    scale_min as scale_minimum,
    scale_max as scale_maximum,
    -- booleans
    comment is not null as has_comment,
    coalesce(excluded, false) as is_excluded,
    -- times
    responded_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
