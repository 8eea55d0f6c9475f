select
    id,
    customer,
    status,
    inside(pause_collection, '$.behavior') as pause_behavior,
    start_date,
    created,
    ended_at,
    trial_start,
    trial_end,
    canceled_at,
    cancel_at,
    cancel_at_period_end,
    coalesce(inside(items, '$.data[0].current_period_end'), current_period_end) as period_end,
    coalesce(inside(cancellation_details, '$.feedback'), inside(cancellation_details, '$.reason')) as cancel_reason,
    metadata,
    -- Stripe calls it deleted when one is canceled, which was there until then.
    is_deleted and coalesce(status not in ('canceled', 'incomplete_expired'), true) as is_deleted,
    landed_file,
    landed_line
from subscriptions
