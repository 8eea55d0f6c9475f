select
    id as component_id,
    name,
    group_id as "group",
    landed_file,
    landed_line
from components
