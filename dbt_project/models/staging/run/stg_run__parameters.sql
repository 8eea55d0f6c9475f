select
    as_of_date,
    late_days
from {{ source('run', 'run_parameters') }}
