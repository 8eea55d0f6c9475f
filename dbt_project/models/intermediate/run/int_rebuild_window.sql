with

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    date '0001-01-01' as rebuild_from,
    as_of_date
from parameters
