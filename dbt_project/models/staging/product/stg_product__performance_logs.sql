with

source as (
    {{ landed_rows('product', 'performance_logs') }}
)

select
    -- ids
    perf_id as sample_id,
    account_id,
    {{ pseudonym('user_id') }} as user_id,
    session_id as sender_session_id,
    feature_id,
    -- texts
    route,
    metric as measurement,
    device_type,
    country,
    -- numbers
    value_ms / 1000.0 as value_seconds,
    coalesce(sample_rate, 1) as sample_rate,
    -- booleans
    success as is_success,
    -- times
    measured_at,
    -- lineage
    set_aside_because as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
