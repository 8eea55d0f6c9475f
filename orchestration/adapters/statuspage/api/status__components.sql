-- A group is listed among the components and never fails itself: counted as one it would raise the mean of the uptimes.
select
    id as component_id,
    name,
    group_id as "group",
    landed_file,
    landed_line
from components
where as_yes("group") is distinct from true
