select
    as_key(company_id) as company_id,
    to_time(timestamp) as changed_at,
    timestamp as changed_at_said,
    name as property,
    value,
    landed_file,
    landed_line
from company_property_history
