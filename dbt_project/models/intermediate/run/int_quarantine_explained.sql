with

quarantine as (select * from {{ ref('stg_run__quarantine') }})

-- What was found stands last in a reason; without it lines of one kind can be counted together, and
-- nothing of the line itself, which may be personal, goes further.
select
    load_id,
    system,
    table_name,
    landed_file,
    landed_line,
    split_part(split_part(reason, ': "', 1), '; expected', 1) as reason_kind
from quarantine
