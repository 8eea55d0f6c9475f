with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

user_activity as (select * from {{ ref('fct_user_activity_daily') }}),

user_days as (
    select distinct
        segments.dimension,
        segments.segment,
        user_activity.user_id,
        user_activity.activity_date
    from user_activity
    inner join segments using (account_id, activity_date)
    where user_activity.is_in_population
)

select
    dimension,
    segment,
    user_id,
    activity_date,
    cast({{ days_between('lag(activity_date) over user_history', 'activity_date') }} as integer) as days_since_previous,
    cast({{ days_between('activity_date', 'lead(activity_date) over user_history') }} as integer) as days_until_next
from user_days
window user_history as (
    partition by dimension, segment, user_id
    order by activity_date
)
