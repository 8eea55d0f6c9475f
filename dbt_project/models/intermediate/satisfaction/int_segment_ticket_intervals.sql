with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

intervals as (select * from {{ ref('int_ticket_intervals') }}),

{{ first_segment_days() }},

placed as (
    select
        intervals.ticket_id,
        intervals.measure,
        intervals.account_id,
        {{ segment_day('intervals.created_date') }} as placed_date,
        greatest(intervals.counted_from, first_days.first_date) as counted_from,
        intervals.counted_to,
        intervals.seconds
    from intervals
    inner join first_days
        on
            intervals.account_id = first_days.account_id
            and intervals.counted_to > first_days.first_date
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
