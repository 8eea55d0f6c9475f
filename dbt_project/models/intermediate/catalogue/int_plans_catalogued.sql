with

landed as (select * from {{ ref('stg_catalogue__plans') }}),

seeded as (select * from {{ ref('plans') }}),

latest as (
    select
        plan_id,
        tier,
        currency,
        list_price_minor,
        seats_included,
        coalesce(renews, true) as renews,
        landed_file,
        landed_line
    from landed
    qualify {{ is_latest(['plan_id'], []) }}
)

select * from latest

union all

-- The seed speaks only where the company has landed no catalogue of its own.
select
    plan_id,
    tier,
    currency,
    list_price_minor,
    seats_included,
    coalesce(renews, true) as renews,
    cast(null as varchar) as landed_file,
    cast(null as bigint) as landed_line
from seeded
where not exists (select 1 from landed)
