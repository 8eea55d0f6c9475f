with

reconciliation as (select * from {{ ref('fct_row_reconciliation') }})

select *
from reconciliation
