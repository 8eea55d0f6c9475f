with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

subscriptions as (select * from {{ ref('int_subscriptions_deduplicated') }}),

go_lives as (select * from {{ ref('int_account_go_lives') }}),

services as (
    select
        account_id,
        min(started_at) as started_at
    from subscriptions
    group by account_id
),

lasting as (
    select
        account_id,
        max(end_date) as served_until
    from segment_spans
    where dimension = 'all'
    group by account_id
)

-- Onboarding counts from the day on which the account went live. A day too late moves nothing: what was said of the
-- account before it has long been final.
-- Only accounts whose first day of service was recorded: of the others the beginning cannot be seen.
select
    segments.account_id,
    coalesce(subscription_days.plan_id, 'unknown') as plan_id,
    segments.activity_date as served_from,
    coalesce(go_lives.went_live_on, segments.activity_date) as started_on,
    lasting.served_until,
    subscription_days.seat_count,
    coalesce(go_lives.go_live_at, services.started_at) as started_at
from segments
inner join subscription_days using (account_id, activity_date)
inner join lasting using (account_id)
inner join services using (account_id)
left join go_lives
    on
        segments.account_id = go_lives.account_id
        and segments.activity_date < go_lives.went_live_on
        and segments.activity_date > go_lives.went_live_on - {{ var('go_live_within_days') }}
        and lasting.served_until > go_lives.went_live_on
where segments.dimension = 'all' and segments.activity_date = subscription_days.first_date
