with

spells as (select * from {{ ref('int_paid_spells_merged') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

reasons as (select * from {{ ref('churn_reasons') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

ends as (
    select
        spells.*,
        spells.spell_end + {{ var('churn_grace_days') }} as matures_on,
        spells.spell_end + {{ var('churn_grace_days') }} <= parameters.as_of_date as is_final
    from spells
    cross join parameters
    where spells.spell_end <= parameters.as_of_date
)

-- Until the grace is over nobody has churned: the day on which service ended stands there, the churn date does not.
-- Whose term ran out as agreed, and could not renew, has left nobody.
select
    ends.account_id,
    ends.spell_number,
    ends.spell_end as service_ended_date,
    case when ends.is_completed then 'completed' else 'churned' end as end_kind,
    case when ends.is_final and not ends.is_completed then ends.spell_end end as churn_date,
    subscriptions.cancel_reason,
    coalesce(reasons.reason_kind, 'unknown') as reason_kind,
    cast({{ days_between('lifetimes.first_paid_date', 'ends.spell_end') }} as integer) as tenure_days,
    {{ months_completed('lifetimes.first_paid_date', 'ends.spell_end') }} as tenure_months,
    subscription_days.mrr as mrr_before,
    ends.spell_end < lifetimes.early_from + {{ var('early_churn_days') }} as is_early,
    ends.is_final,
    ends.matures_on,
    {{ local_day('subscriptions.cancel_requested_at') }} as cancel_requested_date
from ends
inner join lifetimes using (account_id)
inner join subscriptions on ends.last_subscription_id = subscriptions.subscription_id
left join reasons on subscriptions.cancel_reason = reasons.cancel_reason
left join subscription_days
    on
        ends.account_id = subscription_days.account_id
        and ends.spell_end - 1 = subscription_days.activity_date
