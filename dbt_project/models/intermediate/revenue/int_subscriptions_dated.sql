with

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

plans as (select * from {{ ref('int_plans_catalogued') }}),

-- One plan that can go on is enough.
running_out as (
    select items.subscription_id
    from items
    left join plans using (plan_id)
    group by items.subscription_id
    having not bool_or(coalesce(plans.renews, true))
),

judged as (
    select
        subscriptions.*,
        running_out.subscription_id is null as renews
    from subscriptions
    left join running_out using (subscription_id)
)

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
    case when renews and term_months > 1 then renewal_date end as renewal_date,
    case when renews and coalesce(is_auto_renewing, true) then notice_days end as notice_days,
    renews,
    case
        when not renews then coalesce(renewal_date, {{ months_later(local_day('started_at'), 'term_months') }})
    end as runs_out_on,
    status = 'paused' as is_paused
from judged
where
    status in ('trialing', 'active', 'past_due', 'paused', 'canceled')
    or (status = 'unpaid' and is_end_told)
