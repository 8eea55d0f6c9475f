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

-- Most states are one unbroken run; only the days of the others are looked at one by one.
states as (
    select
        account_id,
        dimension,
        segment,
        plan_id,
        min(activity_date) as first_date,
        max(activity_date) + 1 as end_date,
        {{ days_between('min(activity_date)', 'max(activity_date)') }} + 1 = count(*) as is_unbroken
    from days
    group by account_id, dimension, segment, plan_id
),

neighbours as (
    select
        days.*,
        lag(days.activity_date) over state_history as previous_date,
        lead(days.activity_date) over state_history as next_date
    from days
    inner join states using (account_id, dimension, segment, plan_id)
    where not states.is_unbroken
    window state_history as (
        partition by days.account_id, days.dimension, days.segment, days.plan_id
        order by days.activity_date
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
union all
select
    account_id,
    dimension,
    segment,
    plan_id,
    first_date,
    end_date
from states
where is_unbroken
