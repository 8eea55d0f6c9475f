with

quarantine as (select * from {{ ref('stg_run__quarantine') }})

-- The value stands behind a colon; without it lines of one kind can be counted together.
select
    load_id,
    system,
    table_name,
    landed_file,
    landed_line,
    split_part(reason, ': "', 1) as reason_kind
from quarantine
