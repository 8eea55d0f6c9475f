with

events as (select * from {{ ref('int_events_identified') }}),

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'product_events'),

deliveries as (select * from {{ ref('int_events_redelivered') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

account_days as (
    select
        events.account_id,
        events.activity_date,
        count(*) as event_count
    from events
    inner join accounts using (account_id)
    where not events.is_bot and not events.is_internal
    group by events.account_id, events.activity_date
),

served_days as (
    select distinct
        account_days.account_id,
        account_days.activity_date
    from account_days
    inner join subscriptions
        on
            account_days.account_id = subscriptions.account_id
            and account_days.activity_date >= subscriptions.first_date
            and account_days.activity_date < subscriptions.end_date
)

select
    case
        when events.is_bot then 'sent by a bot, not counted'
        when events.is_internal then 'from our own people or a test account, not counted'
        when events.account_basis = 'ambiguous' then 'of a person in several accounts, given to none'
        when events.account_basis = 'unknown' then 'of nobody known, given to no account'
        when accounts.account_id is null then 'its account is not in the CRM'
        when events.account_basis = 'membership' then 'given to an account by membership'
        else 'given to the account that the event names'
    end as finding,
    count(*) as row_count
from events
left join accounts using (account_id)
group by all

union all

select
    'has the identifier of another event, counted as an event of its own' as finding,
    count(*) as row_count
from deliveries
where not is_redelivery
having count(*) > 0

union all

select
    'without an identifier and equal to one of another file, taken for the same' as finding,
    count(*) as row_count
from deliveries
where not is_named
having count(*) > 0

union all

-- Who has not begun yet, or has left, is no customer on the day, but what they did is not lost.
select
    'on a day without a subscription, in the history of the account and in no metric of customers' as finding,
    cast(sum(account_days.event_count) as bigint) as row_count
from account_days
left join served_days using (account_id, activity_date)
where served_days.account_id is null
having count(*) > 0

union all

-- A clock that stood still, or a log of former times.
select
    'before a silence of a year of the whole log, on a day that no figure covers' as finding,
    count(*) as row_count
from events
inner join coverage on events.activity_date < coverage.first_date
having count(*) > 0
