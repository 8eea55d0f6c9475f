with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

spans as (select * from {{ ref('fct_ticket_spans') }})

-- A ticket belongs to the segments of its account on the day on which it was opened.
select
    segments.dimension,
    segments.segment,
    spans.ticket_id,
    spans.measure,
    spans.counted_from,
    spans.counted_to,
    spans.seconds,
    subscription_days.mrr is not null as is_priced
from spans
inner join segments on spans.account_id = segments.account_id and spans.created_date = segments.activity_date
inner join subscription_days
    on
        spans.account_id = subscription_days.account_id
        and spans.created_date = subscription_days.activity_date
