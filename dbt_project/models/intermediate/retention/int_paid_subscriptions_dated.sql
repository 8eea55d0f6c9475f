with

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

details as (select * from {{ ref('int_subscriptions_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

terms as (
    select
        subscription_id,
        cancel_reason,
        cancel_requested_at,
        coalesce(term_months, 1) as term_months
    from details
)

-- A trial is not yet a customer: paid service begins when it ends.
select
    subscriptions.subscription_id,
    subscriptions.account_id,
    terms.cancel_reason,
    terms.term_months,
    subscriptions.first_date,
    greatest(subscriptions.first_date, subscriptions.trial_end_date) as paid_from,
    subscriptions.end_date,
    subscriptions.renews,
    -- Where no term is told, only a request or a reason says that somebody wanted to leave.
    not subscriptions.renews
    and subscriptions.end_date <= parameters.as_of_date
    and coalesce(
        subscriptions.end_date >= subscriptions.runs_out_on,
        terms.cancel_requested_at is null and terms.cancel_reason is null
    ) as is_completed
from subscriptions
inner join terms using (subscription_id)
cross join parameters
where
    greatest(subscriptions.first_date, subscriptions.trial_end_date) < subscriptions.end_date
    and greatest(subscriptions.first_date, subscriptions.trial_end_date) <= parameters.as_of_date
