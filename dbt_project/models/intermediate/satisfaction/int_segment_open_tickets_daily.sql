{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

open_tickets as (
    select * from {{ ref('fct_open_tickets_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

{{ first_segment_days() }},

-- A ticket belongs to the segments of its account on the day on which it was opened, or on the account's first day.
standing as (
    select
        segments.dimension,
        segments.segment,
        open_tickets.activity_date,
        count(*) as open_ticket_count,
        count(*) filter (where open_tickets.is_unreplied) as unreplied_ticket_count,
        count(*) filter (where open_tickets.priority = 'urgent' and open_tickets.age_seconds > 48 * 3600)
            as urgent_48h_ticket_count,
        {{ percentile('open_tickets.age_seconds', 0.5) }} as median_age_seconds,
        {{ percentile('open_tickets.age_seconds', 0.9) }} as p90_age_seconds,
        {{ percentile('case when open_tickets.is_unreplied then open_tickets.age_seconds end', 0.5) }}
            as median_unreplied_age_seconds,
        {{ percentile('case when open_tickets.is_unreplied then open_tickets.age_seconds end', 0.9) }}
            as p90_unreplied_age_seconds
    from open_tickets
    inner join first_days
        on
            open_tickets.account_id = first_days.account_id
            and open_tickets.activity_date >= first_days.first_date
    inner join segments
        on
            open_tickets.account_id = segments.account_id
            and {{ segment_day('open_tickets.created_date') }} = segments.activity_date
    group by segments.dimension, segments.segment, open_tickets.activity_date
),

segment_days as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        count(*) as account_count,
        sum(subscription_days.mrr) as mrr
    from segments
    left join subscription_days using (account_id, activity_date)
    where {{ in_rebuild_window('segments.activity_date') }}
    group by segments.dimension, segments.segment, segments.activity_date
)

select
    segment_days.dimension,
    segment_days.segment,
    segment_days.activity_date,
    segment_days.account_count,
    cast(segment_days.mrr as decimal(18, 2)) as known_mrr,
    coalesce(standing.open_ticket_count, 0) as open_ticket_count,
    coalesce(standing.unreplied_ticket_count, 0) as unreplied_ticket_count,
    coalesce(standing.urgent_48h_ticket_count, 0) as urgent_48h_ticket_count,
    standing.median_age_seconds,
    standing.p90_age_seconds,
    standing.median_unreplied_age_seconds,
    standing.p90_unreplied_age_seconds
from segment_days
left join standing using (dimension, segment, activity_date)
