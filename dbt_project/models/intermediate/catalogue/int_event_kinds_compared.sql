{{ config(materialized='ephemeral') }}

with

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }}),

events as (select * from {{ ref('int_event_names_counted') }}),

seen as (select distinct event_name from events)

select
    'product.events' as subject,
    'event name without an entry in the catalogue, counted as use and as core action' as finding,
    event_name as entry,
    cast(sum(event_count) as bigint) as row_count
from events
where not is_catalogued and exists (select 1 from event_kinds)
group by event_name

union all

-- Said once, where there is no catalogue at all.
select
    'catalogue.event_catalog' as subject,
    'not landed: every event of a person counts as use and as core action' as finding,
    'all' as entry,
    cast(sum(event_count) as bigint) as row_count
from events
where not exists (select 1 from event_kinds)
having count(*) > 0

union all

select
    'catalogue.event_catalog' as subject,
    'entry that no event has ever had' as finding,
    event_kinds.event_name as entry,
    0 as row_count
from event_kinds
left join seen using (event_name)
where seen.event_name is null
