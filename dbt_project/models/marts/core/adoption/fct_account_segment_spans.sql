with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

days as (
    select
        segments.account_id,
        segments.dimension,
        segments.segment,
        coalesce(subscription_days.plan_id, 'unknown') as plan_id,
        segments.activity_date
    from segments
    inner join subscription_days using (account_id, activity_date)
    where segments.dimension != 'account'
),

neighbours as (
    select
        *,
        lag(activity_date) over state_history as previous_date,
        lead(activity_date) over state_history as next_date
    from days
    window state_history as (
        partition by account_id, dimension, segment, plan_id
        order by activity_date
    )
),

-- The first and the last day of each unbroken run, side by side.
ends as (
    select
        *,
        lead(activity_date) over (
            partition by account_id, dimension, segment, plan_id
            order by activity_date
        ) as closing_date
    from neighbours
    where
        previous_date is null
        or previous_date < activity_date - 1
        or next_date is null
        or next_date > activity_date + 1
)

select
    account_id,
    dimension,
    segment,
    plan_id,
    activity_date as first_date,
    case when next_date = activity_date + 1 then closing_date else activity_date end + 1 as end_date
from ends
where previous_date is null or previous_date < activity_date - 1
