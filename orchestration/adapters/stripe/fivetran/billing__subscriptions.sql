-- Since the API of 2025-03-31 the billing period stands on the item and no longer on the subscription.
with

periods as (
    select as_key(subscription_id) as subscription_id, max(to_time(current_period_end)) as current_period_end
    from subscription_item
    where not is_deleted
    group by all
)

select
    subscription.id as subscription_id,
    subscription.customer_id as account_id,
    case
        when subscription.pause_collection_behavior is not null and subscription.status = 'active' then 'paused'
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
    subscription.is_deleted,
    subscription.landed_file,
    subscription.landed_line
from subscription
left join periods on periods.subscription_id = as_key(subscription.id)
-- Where history is on, earlier states are rows that are no longer active.
where coalesce(as_yes(subscription._fivetran_active), true)
