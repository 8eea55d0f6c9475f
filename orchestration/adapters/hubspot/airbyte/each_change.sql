select
    as_key(companyId) as company_id,
    to_time(timestamp) as changed_at,
    timestamp as changed_at_said,
    property,
    value,
    landed_file,
    landed_line
from companies_property_history
