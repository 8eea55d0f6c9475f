with

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

neighbours as (
    select
        account_id,
        user_id,
        activity_date,
        coalesce({{ days_between('lag(activity_date) over user_history', 'activity_date') }}, 29)
            as days_since_previous,
        coalesce({{ days_between('activity_date', 'lead(activity_date) over user_history') }}, 29)
            as days_until_next
    from user_days
    where is_in_population
    window user_history as (
        partition by account_id, user_id
        order by activity_date
    )
),

-- The first and the last active day of each run without 28 quiet days, side by side.
ends as (
    select
        *,
        lead(activity_date) over (partition by account_id, user_id order by activity_date) as closing_date
    from neighbours
    where days_since_previous > 28 or days_until_next > 28
)

select
    account_id,
    user_id,
    activity_date as first_date,
    case when days_until_next > 28 then activity_date else closing_date end + 28 as end_date
from ends
where days_since_previous > 28
