with

accounts as (select * from {{ with_known_names('stg_crm__accounts') }}),

states as (
    select
        *,
        coalesce(valid_from, updated_at) as held_from
    from accounts
    where
        rejection_reason is null
        and {{ happened_by_as_of('created_at') }}
),

-- The last state of a day is the state of that day, whatever landed first; a correction has the newer update.
day_states as (
    select
        *,
        {{ local_day('held_from') }} as held_from_date
    from states
    qualify {{ is_latest(['account_id', local_day('held_from')], ['held_from', 'updated_at', 'valid_to']) }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by account_id
            order by held_from_date nulls first
        ) as state_number
    from day_states
),

-- What was said first held before, too: an export that starts late does not make an account unknown.
held as (
    select
        *,
        case when state_number = 1 then date '0001-01-01' else held_from_date end as first_date
    from numbered
    where state_number = 1 or {{ happened_by_as_of('held_from') }}
)

select
    account_id,
    account_type,
    industry,
    country,
    region,
    size_band,
    age_band,
    timezone,
    account_type in ('internal', 'test') as is_internal,
    first_date,
    coalesce(
        lead(first_date) over (
            partition by account_id
            order by first_date
        ),
        date '9999-12-31'
    ) as end_date
from held
