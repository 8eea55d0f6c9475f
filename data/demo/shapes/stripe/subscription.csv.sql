-- The reason for leaving is told to Stripe's own portal, which this connector does not bring.
select distinct
    subscription_id as id,
    'cus_' || split_part(account_id, '_', 2) as customer_id,
    status,
    started_at as start_date,
    started_at as created,
    ended_at,
    trial_start,
    trial_end,
    cancel_requested_at as canceled_at,
    cancel_at,
    cancel_at_period_end,
    coalesce(renewal_date, ended_at::date) - to_months(coalesce(term_months, 1)) as current_period_start,
    coalesce(renewal_date, ended_at::date)::timestamp as current_period_end,
    json_object('term_months', term_months, 'auto_renew', auto_renew) as metadata,
    true as _fivetran_active,
    false as _fivetran_deleted
from raw.billing_subscriptions
order by id
