with

warnings as (select * from {{ ref('stg_run__load_warnings') }})

select
    system,
    table_name,
    column_name,
    warning,
    cast(sum(row_count) as bigint) as row_count
from warnings
group by system, table_name, column_name, warning
