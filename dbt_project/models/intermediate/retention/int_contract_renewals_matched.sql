{{ config(materialized='ephemeral') }}

with

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

decided as (
    select
        terms.*,
        terms.scheduled_end + {{ var('churn_grace_days') }} as decided_on
    from terms
    cross join parameters
    where terms.scheduled_end + {{ var('churn_grace_days') }} <= parameters.as_of_date
)

-- A contract is renewed by going on, or by another of the account that starts within the grace around its end.
-- Either must still be in force when the grace after the scheduled end is over:
-- a payment that fails at renewal renews nothing.
select
    subscription_id,
    term_number,
    scheduled_end,
    decided_on,
    subscription_id as renewed_by,
    scheduled_end as renewed_on,
    true as is_on_time
from decided
where end_date > decided_on

union all

select
    decided.subscription_id,
    decided.term_number,
    decided.scheduled_end,
    decided.decided_on,
    subscriptions.subscription_id as renewed_by,
    subscriptions.paid_from as renewed_on,
    subscriptions.paid_from <= least(decided.end_date, decided.scheduled_end) as is_on_time
from decided
inner join subscriptions
    on
        decided.account_id = subscriptions.account_id
        and decided.subscription_id != subscriptions.subscription_id
        and decided.end_date - {{ var('churn_grace_days') }} <= subscriptions.paid_from
        and decided.end_date + {{ var('churn_grace_days') }} >= subscriptions.paid_from
        and decided.decided_on >= subscriptions.paid_from
        and decided.decided_on < subscriptions.end_date
where decided.end_date <= decided.decided_on
