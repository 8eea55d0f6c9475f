-- Since the API of 2025-03-31 the billing period stands on the items and no longer on the subscription. What Stripe has no
-- word for is read of the metadata, where somebody wrote it there under our name.
select
    id as subscription_id,
    customer as account_id,
    -- Stripe calls paused what brings nothing: a trial that ended without a card. Where payments are not collected for
    -- a while, it stays active there.
    case
        when status = 'paused' then 'unpaid'
        when pause_behavior is not null and status = 'active' then 'paused'
        else status
    end as status,
    as_time(coalesce(start_date, created)) as started_at,
    as_time(coalesce(ended_at, case when status = 'paused' then trial_end end)) as ended_at,
    as_time(trial_start) as trial_start,
    as_time(trial_end) as trial_end,
    as_time(canceled_at) as cancel_requested_at,
    as_time(cancel_at) as cancel_at,
    cancel_at_period_end,
    -- What has ended is not renewed.
    case when status not in ('canceled', 'incomplete_expired') then as_time(period_end) end as renewal_date,
    cancel_reason,
    coalesce(inside(metadata, '$.term_months'), no_json(metadata)) as term_months,
    inside(metadata, '$.notice_days') as notice_days,
    inside(metadata, '$.auto_renew') as auto_renew,
    is_deleted,
    landed_file,
    landed_line
from each_subscription
