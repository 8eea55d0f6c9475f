with

landed as (select * from {{ ref('stg_catalogue__feature_catalog') }}),

seeded as (select * from {{ ref('feature_catalog') }}),

latest as (
    select
        feature_id,
        feature_name,
        area,
        plans,
        roles,
        platforms,
        importance,
        core_min_count,
        is_core,
        released_on,
        retired_on,
        landed_file,
        landed_line
    from landed
    qualify {{ is_latest(['feature_id'], []) }}
)

select * from latest

union all

-- The seed speaks only where the company has landed no catalogue of its own.
select
    feature_id,
    name as feature_name,
    area,
    plans,
    roles,
    platforms,
    importance,
    core_min_count,
    is_core,
    released_on,
    retired_on,
    cast(null as varchar) as landed_file,
    cast(null as bigint) as landed_line
from seeded
where not exists (select 1 from landed)
