with

observed as (select * from {{ ref('int_play_observed') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

requests as (select * from {{ ref('fct_cancel_requests') }}),

churns as (select * from {{ ref('fct_churns') }}),

-- The day of the decision, where it is told; a request that was taken back is none.
decisions as (
    select
        account_id,
        requested_date as left_on
    from requests
    where not coalesce(is_saved, false)

    union all

    select
        account_id,
        churn_date as left_on
    from churns
    where churn_date is not null
),

events as (
    select
        account_id,
        left_on as happened_on,
        true as is_departure
    from decisions

    union all

    select
        account_id,
        began_on as happened_on,
        false as is_departure
    from interventions
),

account_days as (
    select distinct
        account_id,
        observed_on
    from observed
)

-- What happened around a day: whether they decided to leave after it, and whether something was done before it or in
-- the week that it begins.
select
    account_days.account_id,
    account_days.observed_on,
    max(case when events.is_departure and account_days.observed_on < events.happened_on then 1 else 0 end) = 1
        as has_left,
    max(case when not events.is_departure and account_days.observed_on > events.happened_on then 1 else 0 end) = 1
        as was_helped_lately,
    max(
        case
            when
                not events.is_departure
                and events.happened_on >= account_days.observed_on
                and events.happened_on < account_days.observed_on + 7
                then 1
            else 0
        end
    ) = 1 as is_helped_now
from account_days
inner join events
    on
        account_days.account_id = events.account_id
        and events.happened_on > account_days.observed_on - {{ var('play_outcome_days') }}
        and events.happened_on <= account_days.observed_on + {{ var('play_outcome_days') }}
group by account_days.account_id, account_days.observed_on
