with

components as (select * from {{ ref('stg_status__components') }}),

outages as (select * from {{ ref('int_component_outages_deduplicated') }}),

latest as (
    select *
    from components
    qualify {{ is_latest(['component_id'], []) }}
),

named as (
    select component_id from latest
    union
    select component_id from outages
)

-- A component that only an incident names is one too.
select
    named.component_id,
    coalesce(latest.component_name, named.component_id) as component_name,
    coalesce(latest.component_group, 'unknown') as component_group,
    latest.criticality
from named
left join latest using (component_id)
