with

active_days as (select * from {{ ref('int_active_user_days') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

total_days as (
    select
        user_id,
        activity_date,
        {{ days_between('lag(activity_date) over (partition by user_id order by activity_date)', 'activity_date') }}
            as days_since_previous
    from active_days
    where dimension = 'all'
),

user_days as (
    select
        user_id,
        activity_date,
        sum(case when days_since_previous < {{ var('activity_churn_days') }} then 0 else 1 end) over (
            partition by user_id
            order by activity_date
            rows between unbounded preceding and current row
        ) as spell_number
    from total_days
),

spells as (
    select
        user_id,
        spell_number,
        min(activity_date) as spell_start,
        max(activity_date) as last_active_date
    from user_days
    group by user_id, spell_number
)

-- A silence that is still too short at the last complete day is censored: it has no churn date,
-- and nothing is claimed about the user.
select
    spells.user_id,
    cast(spells.spell_number as integer) as spell_number,
    spells.spell_start,
    spells.last_active_date,
    case
        when spells.last_active_date + {{ var('activity_churn_days') }} <= parameters.as_of_date
            then spells.last_active_date + {{ var('activity_churn_days') }}
    end as activity_churn_date
from spells
cross join parameters
