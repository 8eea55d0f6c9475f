select said as finding
from {{ source('run', 'not_read') }}
where {{ was_known('seen_at') }}
