with

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }})

-- Days in place of times, and an open end far away, so that later joins compare plain dates. An export does not say
-- since when a subscription is unpaid: it counts until its end, and one without an end cannot be dated and is left out.
select
    subscription_id,
    account_id,
    {{ local_day('started_at') }} as first_date,
    coalesce({{ local_day('ended_at') }}, date '9999-12-31') as end_date,
    coalesce(
        {{ local_day('trial_ended_at') }}, case when status = 'trialing' then date '9999-12-31' end, date '0001-01-01'
    ) as trial_end_date,
    coalesce({{ local_day('cancel_requested_at') }}, date '9999-12-31') as cancel_requested_date,
    case when coalesce(term_months, 1) > 1 then renewal_date end as renewal_date,
    status = 'paused' as is_paused
from subscriptions
where
    status in ('trialing', 'active', 'past_due', 'paused', 'canceled')
    or (status = 'unpaid' and is_end_told)
