with

warnings as (select * from {{ ref('int_load_warnings_summed') }}),

events as (select * from {{ ref('int_event_allocation_summed') }})

-- What was read with a reservation, and what could not be given to anybody.
select
    'landing' as stage,
    system || '.' || table_name as subject,
    column_name || ': ' || warning as finding,
    row_count
from warnings

union all

select
    'identity' as stage,
    'product.events' as subject,
    finding,
    row_count
from events
