{{ config(materialized='ephemeral') }}

with

states as (select * from {{ with_known_names('stg_billing__subscriptions') }}),

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

-- Every landed state counts: a billing system that takes a request back may empty its date.
requests as (
    select
        subscription_id,
        {{ local_day('cancel_requested_at') }} as requested_date,
        cancel_at,
        landed_file,
        landed_line
    from states
    where
        cancel_requested_at is not null
        and rejection_reason is null
        and {{ happened_by_as_of('cancel_requested_at') }}
    qualify {{ is_latest(['subscription_id', local_day('cancel_requested_at')], []) }}
),

placed as (
    select
        subscriptions.subscription_id,
        subscriptions.account_id,
        subscriptions.end_date,
        requests.requested_date,
        coalesce(
            {{ local_day('requests.cancel_at') }},
            {{ months_later(
                'subscriptions.first_date',
                '(floor(' ~ months_completed('subscriptions.first_date', 'requests.requested_date')
                ~ ' / subscriptions.term_months) + 1) * subscriptions.term_months'
            ) }}
        ) as takes_effect_on
    from requests
    inner join subscriptions using (subscription_id)
    where requests.requested_date >= subscriptions.paid_from
)

-- Where no day is stated, a request takes effect at the end of the term in which it was made, or at once where service
-- ended with it.
select
    subscription_id,
    account_id,
    requested_date,
    case
        when end_date <= requested_date then requested_date
        else greatest(takes_effect_on, requested_date)
    end as takes_effect_on,
    end_date
from placed
