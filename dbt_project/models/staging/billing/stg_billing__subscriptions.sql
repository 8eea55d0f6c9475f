with

source as (
    {{ landed_rows('billing', 'subscriptions') }}
)

select
    -- ids
    subscription_id,
    account_id,
    -- texts
    status,
    cancel_reason,
    -- numbers
    case when term_months > 0 then term_months end as term_months,
    case when notice_days >= 0 then notice_days end as notice_days,
    -- booleans
    coalesce(cancel_at_period_end, false) as is_cancelling_at_period_end,
    auto_renew as is_auto_renewing,
    -- times
    started_at,
    ended_at,
    trial_start as trial_started_at,
    trial_end as trial_ended_at,
    cancel_requested_at,
    cancel_at,
    renewal_date,
    _loaded_at as loaded_at,
    -- lineage
    coalesce(
        set_aside_because,
        case when ended_at < started_at then 'ended_at is before started_at' end
    ) as rejection_reason,
    _load_id as load_id,
    _file as landed_file,
    _line as landed_line
from source
