with

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }}),

events as (select * from {{ ref('int_event_names_counted') }}),

seen as (select distinct event_name from events)

select
    'product.events' as subject,
    'event name without an entry in the catalogue, counted as activity' as finding,
    event_name as entry,
    cast(sum(event_count) as bigint) as row_count
from events
where not is_catalogued
group by event_name

union all

select
    'catalogue.event_catalog' as subject,
    'entry that no event has ever had' as finding,
    event_kinds.event_name as entry,
    0 as row_count
from event_kinds
left join seen using (event_name)
where seen.event_name is null
