with

parameters as (select * from {{ ref('stg_run__parameters') }}),

events as (select * from {{ ref('stg_product__events') }}),

-- Days begin with the first usage event: before it nothing could be measured.
covered as (
    select
        min({{ local_day('events.occurred_at') }}) as first_day,
        max(parameters.as_of_date) as last_day
    from parameters
    left join events on {{ happened_by_as_of('events.occurred_at') }}
)

{{ day_series("(select coalesce(first_day, last_day) from covered)", "(select last_day from covered)") }}
