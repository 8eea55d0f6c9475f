{{ config(materialized='ephemeral') }}

with

warnings as (select * from {{ ref('stg_run__load_warnings') }}),

loads as (select * from {{ ref('stg_run__loads') }})

select
    warnings.system,
    warnings.table_name,
    warnings.column_name,
    warnings.warning,
    cast(sum(warnings.row_count) as bigint) as row_count,
    min(loads.landed_file) as example_file
from warnings
inner join loads using (load_id)
group by warnings.system, warnings.table_name, warnings.column_name, warnings.warning
