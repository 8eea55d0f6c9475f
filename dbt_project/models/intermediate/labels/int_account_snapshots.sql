with

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

requests as (select * from {{ ref('fct_cancel_requests') }}),

mondays as (
    select
        account_id,
        activity_date as snapshot_date,
        lifecycle_stage
    from attributes
    where
        is_in_population
        and cast(date_trunc('week', activity_date) as date) = activity_date
),

-- A request is open until it is known whether it was kept, even where the export later empties its date.
requested as (
    select distinct
        mondays.account_id,
        mondays.snapshot_date
    from mondays
    inner join requests
        on
            mondays.account_id = requests.account_id
            and mondays.snapshot_date >= requests.requested_date
            and mondays.snapshot_date < requests.matures_on
)

-- Who has asked to leave needs no prediction, and would flatter any.
select
    mondays.account_id,
    mondays.snapshot_date,
    subscription_days.mrr
from mondays
inner join subscription_days
    on
        mondays.account_id = subscription_days.account_id
        and mondays.snapshot_date = subscription_days.activity_date
left join requested
    on
        mondays.account_id = requested.account_id
        and mondays.snapshot_date = requested.snapshot_date
where
    requested.account_id is null
    and mondays.lifecycle_stage != 'cancelling'
    and not subscription_days.is_trial
