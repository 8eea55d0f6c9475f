with

subscriptions as (select * from {{ with_known_accounts('stg_billing__subscriptions') }})

-- What was to come after the last complete day was not yet known on it, so it is left open.
select
    subscription_id,
    account_id,
    status,
    cancel_reason,
    term_months,
    is_cancelling_at_period_end,
    is_auto_renewing,
    renewal_date,
    started_at,
    case when {{ happened_by_as_of('ended_at') }} then ended_at end as ended_at,
    trial_started_at,
    trial_ended_at,
    case when {{ happened_by_as_of('cancel_requested_at') }} then cancel_requested_at end as cancel_requested_at
from subscriptions
where
    rejection_reason is null
    and {{ happened_by_as_of('started_at') }}
qualify {{ is_latest(['subscription_id'], []) }}
