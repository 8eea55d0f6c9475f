with

warnings as (select * from {{ ref('int_load_warnings_summed') }}),

events as (select * from {{ ref('int_event_allocation_summed') }}),

event_kinds as (select * from {{ ref('int_event_kinds_compared') }}),

features as (select * from {{ ref('int_features_compared') }}),

plans as (select * from {{ ref('int_plans_compared') }}),

compared as (
    select * from event_kinds
    union all
    select * from features
    union all
    select * from plans
)

-- What was read with a reservation, what could not be given to anybody, and where a catalogue contradicts the data.
select
    'landing' as stage,
    system || '.' || table_name as subject,
    column_name || ': ' || warning as finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    row_count
from warnings

union all

select
    'identity' as stage,
    'product.events' as subject,
    finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    row_count
from events

union all

select
    'catalogue' as stage,
    subject,
    finding,
    entry,
    count(*) over (partition by subject, finding) as entry_count,
    row_count
from compared
