with

quarantine as (select * from {{ ref('int_quarantine_explained') }})

select
    system,
    table_name,
    reason_kind,
    count(*) filter (where landed_line is not null) as line_count,
    count(*) filter (where landed_line is null) as file_count,
    min(landed_file) as example_file,
    min_by(landed_line, landed_file) as example_line
from quarantine
group by system, table_name, reason_kind
