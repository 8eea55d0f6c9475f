with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

spans as (select * from {{ ref('int_ticket_spans') }}),

{{ first_segment_days() }},

placed as (
    select
        spans.ticket_id,
        spans.measure,
        spans.account_id,
        {{ segment_day('spans.created_date') }} as placed_date,
        greatest(spans.counted_from, first_days.first_date) as counted_from,
        spans.counted_to,
        spans.seconds
    from spans
    inner join first_days on spans.account_id = first_days.account_id and spans.counted_to > first_days.first_date
)

-- A ticket belongs to the segments of its account on the day on which it was opened, or on the account's first day.
select
    segments.dimension,
    segments.segment,
    placed.ticket_id,
    placed.measure,
    placed.counted_from,
    placed.counted_to,
    placed.seconds,
    subscription_days.mrr is not null as is_priced
from placed
inner join segments on placed.account_id = segments.account_id and placed.placed_date = segments.activity_date
inner join subscription_days
    on
        placed.account_id = subscription_days.account_id
        and placed.placed_date = subscription_days.activity_date
