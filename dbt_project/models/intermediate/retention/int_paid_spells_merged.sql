with

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

followed as (
    select
        *,
        max(end_date) over (
            partition by account_id
            order by paid_from, subscription_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from subscriptions
),

-- A gap no longer than the grace belongs to the spell; a new subscription after a longer one opens the next.
numbered as (
    select
        *,
        sum(case when covered_until >= paid_from - {{ var('churn_grace_days') }} then 0 else 1 end) over (
            partition by account_id
            order by paid_from, subscription_id
            rows between unbounded preceding and current row
        ) as spell_number
    from followed
)

select
    account_id,
    cast(spell_number as integer) as spell_number,
    min(paid_from) as spell_start,
    max(end_date) as spell_end,
    max_by(subscription_id, cast(end_date as string) || subscription_id) as last_subscription_id,
    -- Of several that end on one day, one that was left is enough.
    max(end_date) != coalesce(max(case when not is_completed then end_date end), date '0001-01-01') as is_completed
from numbered
group by account_id, spell_number
