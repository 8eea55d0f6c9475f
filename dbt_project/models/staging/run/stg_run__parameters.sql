select
    as_of_date,
    late_days,
    last_full_date,
    as_of_reason
from {{ source('run', 'run_parameters') }}
