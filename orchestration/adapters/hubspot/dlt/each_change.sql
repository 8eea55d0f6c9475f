select
    as_key(object_id) as company_id,
    to_time(timestamp) as changed_at,
    timestamp as changed_at_said,
    property_name as property,
    value,
    landed_file,
    landed_line
from companies_property_history
