{{ config(materialized='ephemeral') }}

with

account_days as (
    select * from {{ ref('fct_account_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=1) }}
),

requests as (select * from {{ ref('fct_cancel_requests') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }} where not renews),

details as (select * from {{ ref('int_subscriptions_deduplicated') }}),

-- The eve of a Monday is the last day that is over when the Monday begins.
eves as (
    select
        account_days.*,
        account_days.activity_date + 1 as snapshot_date
    from account_days
    where
        account_days.is_in_population
        and account_days.is_customer
        and cast(date_trunc('week', account_days.activity_date + 1) as date) = account_days.activity_date + 1
),

-- Who has asked to leave needs no prediction until it is known whether the request was kept.
requested as (
    select distinct
        eves.account_id,
        eves.snapshot_date
    from eves
    inner join requests
        on
            eves.account_id = requests.account_id
            and eves.activity_date >= requests.requested_date
            and eves.activity_date < requests.matures_on
),

-- What cannot renew ends with its term: with the one that was agreed, where its length is told, as an export may move
-- the date when somebody leaves.
terms as (
    select
        eves.account_id,
        eves.snapshot_date,
        min({{ days_between(
            'eves.activity_date',
            'coalesce(' ~ months_later('subscriptions.first_date', 'details.term_months') ~ ', subscriptions.runs_out_on)'
        ) }}) as days_until_end
    from eves
    inner join subscriptions
        on
            eves.account_id = subscriptions.account_id
            and eves.activity_date >= subscriptions.first_date
            and eves.activity_date < subscriptions.end_date
    inner join details on subscriptions.subscription_id = details.subscription_id
    group by eves.account_id, eves.snapshot_date
)

select
    eves.*,
    requested.account_id is null and eves.lifecycle_stage not in ('cancelling', 'trial') as is_at_risk,
    least(eves.days_until_renewal, terms.days_until_end) as days_until_term_end
from eves
left join requested
    on
        eves.account_id = requested.account_id
        and eves.snapshot_date = requested.snapshot_date
left join terms
    on
        eves.account_id = terms.account_id
        and eves.snapshot_date = terms.snapshot_date
