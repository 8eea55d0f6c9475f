{{ config(materialized='ephemeral') }}

with

warnings as (select * from {{ ref('stg_run__load_warnings') }}),

loads as (select * from {{ ref('stg_run__loads') }})

select
    warnings.system,
    warnings.table_name,
    -- A column that no contract has is called what a file calls it, and may be called after somebody.
    case
        when
            warnings.column_name like '%@%'
            or length(warnings.column_name) - length(translate(warnings.column_name, '0123456789', '')) >= 6
            then 'a name that may be of a person'
        else warnings.column_name
    end as column_name,
    warnings.warning,
    cast(sum(warnings.row_count) as bigint) as row_count,
    min(loads.landed_file) as example_file
from warnings
inner join loads using (load_id)
group by all
