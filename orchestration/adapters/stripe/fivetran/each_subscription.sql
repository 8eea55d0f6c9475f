with

periods as (
    select
        as_key(subscription_id) as subscription_id,
        coalesce(cast(max(to_time(current_period_end)) as varchar), max(current_period_end)) as period_end
    from subscription_item
    where not is_deleted
    group by all
)

select
    subscription.id,
    subscription.customer_id as customer,
    subscription.status,
    subscription.pause_collection_behavior as pause_behavior,
    subscription.start_date,
    subscription.created,
    subscription.ended_at,
    subscription.trial_start,
    subscription.trial_end,
    subscription.canceled_at,
    subscription.cancel_at,
    subscription.cancel_at_period_end,
    coalesce(periods.period_end, subscription.current_period_end) as period_end,
    cast(null as varchar) as cancel_reason,
    subscription.metadata,
    -- Stripe calls it deleted when one is canceled, which was there until then.
    subscription.is_deleted
    and coalesce(subscription.status not in ('canceled', 'incomplete_expired'), true) as is_deleted,
    subscription.landed_file,
    subscription.landed_line
from subscription
left join periods on periods.subscription_id = as_key(subscription.id)
