-- Since the API of 2025-03-31 the billing period stands on the items and no longer on the subscription.
select
    id as subscription_id,
    customer as account_id,
    case when inside(pause_collection, '$.behavior') is not null and status = 'active' then 'paused' else status end as status,
    as_time(coalesce(start_date, created)) as started_at,
    as_time(ended_at) as ended_at,
    as_time(trial_start) as trial_start,
    as_time(trial_end) as trial_end,
    as_time(canceled_at) as cancel_requested_at,
    as_time(cancel_at) as cancel_at,
    as_yes(cancel_at_period_end) as cancel_at_period_end,
    cast(to_time(coalesce(inside(items, '$.data[0].current_period_end'), current_period_end)) as date) as renewal_date,
    coalesce(inside(cancellation_details, '$.feedback'), inside(cancellation_details, '$.reason')) as cancel_reason,
    is_deleted,
    landed_file,
    landed_line
from subscriptions
