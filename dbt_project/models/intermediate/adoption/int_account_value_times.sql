{{ config(materialized='ephemeral') }}

with

starts as (select * from {{ ref('int_account_starts') }}),

-- Core events that name no feature are value too.
core_days as (
    select * from {{ ref('int_user_usage_summed_to_days') }}
    where core_event_count > 0 and not is_internal
),

first_values as (
    select
        starts.account_id,
        min(core_days.activity_date) as first_value_date,
        min(core_days.first_core_at) as first_value_at
    from starts
    inner join core_days
        on
            starts.account_id = core_days.account_id
            and starts.served_until > core_days.activity_date
    group by starts.account_id
)

-- Value before the first service, in a pilot say, came at once.
select
    starts.account_id,
    starts.started_on,
    starts.served_until,
    first_values.first_value_date,
    case
        when first_values.first_value_at <= starts.started_at then 0.0
        else cast({{ seconds_between('starts.started_at', 'first_values.first_value_at') }} / 3600.0 as double)
    end as hours_to_value,
    starts.started_at,
    first_values.first_value_at
from starts
left join first_values using (account_id)
