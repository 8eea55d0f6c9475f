select
    destination,
    object,
    push_number,
    as_of_date,
    pushed_at,
    run_id,
    account_id,
    property,
    value,
    last_acknowledged_value,
    status,
    answer,
    attempts,
    next_try_date
from {{ source('run', 'crm_push_fields') }}
