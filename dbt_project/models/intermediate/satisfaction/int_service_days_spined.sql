with

tickets as (select * from {{ ref('int_tickets_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- A month before the first ticket, so that every ticket finds an opening before it.
covered as (
    select
        min(coalesce(cast(tickets.created_at as date), parameters.as_of_date)) - 31 as first_day,
        max(parameters.as_of_date) + 2 as last_day
    from parameters
    left join tickets on true
)

select {{ each_day('first_day', 'last_day') }} as date_day from covered
