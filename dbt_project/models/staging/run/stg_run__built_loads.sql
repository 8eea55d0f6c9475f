select load_id
from {{ source('run', 'built_loads') }}
