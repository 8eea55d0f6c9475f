{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

deliveries as (select * from {{ ref('stg_product__events') }}),

events as (select * from {{ ref('stg_product__events') }}),

-- A full build looks for what is there twice; a later one only at what the rebuilt days hold.
questionable as (
    select event_id
    from events
    where
        event_id is not null
        and rejection_reason is null
        and {{ is_rebuilt(local_day('occurred_at')) }}
    group by event_id
    {% if not is_incremental() %}having count(*) > 1{% endif %}
),

ranked as (
    select
        deliveries.landed_file,
        deliveries.landed_line,
        {{ local_day('deliveries.occurred_at') }} as activity_date,
        row_number() over (
            partition by deliveries.event_id
            order by deliveries.received_at nulls last, deliveries.landed_file, deliveries.landed_line
        ) as delivery_number
    from deliveries
    inner join questionable using (event_id)
    where
        deliveries.rejection_reason is null
        and {{ happened_by_as_of('deliveries.occurred_at') }}
)

select
    landed_file,
    landed_line,
    activity_date
from ranked
where delivery_number > 1 and {{ is_rebuilt('activity_date') }}
