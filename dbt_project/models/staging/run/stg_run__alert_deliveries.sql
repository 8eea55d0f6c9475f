select
    line_number,
    event_id,
    alert_id,
    channel,
    audience,
    message_id,
    state,
    mode,
    attempt_number,
    noted_at
from {{ source('run', 'alert_deliveries') }}
