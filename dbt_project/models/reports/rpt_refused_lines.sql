with

quarantine as (select * from {{ ref('int_quarantine_explained') }}),

numbered as (
    select
        *,
        row_number() over (
            partition by system, table_name, reason_kind
            order by landed_file, landed_line nulls first
        ) as example_number
    from quarantine
)

select
    system,
    table_name,
    reason_kind,
    count(*) filter (where landed_line is not null) as line_count,
    count(*) filter (where landed_line is null) as file_count,
    max(case when example_number = 1 then landed_file end) as example_file,
    max(case when example_number = 1 then landed_line end) as example_line
from numbered
group by system, table_name, reason_kind
