with

landed as (select * from {{ ref('stg_catalogue__event_catalog') }}),

seeded as (select * from {{ ref('event_catalog') }}),

latest as (
    select
        event_name,
        feature_id,
        is_activity,
        is_core,
        is_login,
        is_error,
        is_system,
        landed_file,
        landed_line
    from landed
    qualify {{ is_latest(['event_name'], []) }}
)

select * from latest

union all

-- The seed speaks only where the company has landed no catalogue of its own.
select
    event_name,
    feature_id,
    is_activity,
    is_core,
    is_login,
    is_error,
    is_system,
    cast(null as varchar) as landed_file,
    cast(null as bigint) as landed_line
from seeded
where not exists (select 1 from landed)
