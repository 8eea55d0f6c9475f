with

periods as (
    select _dlt_parent_id, max(to_time(current_period_end)) as current_period_end
    from subscription__items__data
    group by all
)

select
    subscription.id as subscription_id,
    subscription.customer as account_id,
    case
        when subscription.pause_collection__behavior is not null and subscription.status = 'active' then 'paused'
        else subscription.status
    end as status,
    as_time(coalesce(subscription.start_date, subscription.created)) as started_at,
    as_time(subscription.ended_at) as ended_at,
    as_time(subscription.trial_start) as trial_start,
    as_time(subscription.trial_end) as trial_end,
    as_time(subscription.canceled_at) as cancel_requested_at,
    as_time(subscription.cancel_at) as cancel_at,
    as_yes(subscription.cancel_at_period_end) as cancel_at_period_end,
    cast(coalesce(periods.current_period_end, to_time(subscription.current_period_end)) as date) as renewal_date,
    coalesce(subscription.cancellation_details__feedback, subscription.cancellation_details__reason) as cancel_reason,
    subscription.landed_file,
    subscription.landed_line
from subscription
left join periods on periods._dlt_parent_id = subscription._dlt_id
