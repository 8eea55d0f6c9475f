with

segments as (
    select * from {{ ref('int_component_downtime_segmented') }}
    where downtime_weight > 0
),

account_components as (select * from {{ ref('int_account_components_deduplicated') }}),

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where {{ in_rebuild_window('activity_date') }}
),

dates as (
    select * from {{ ref('int_days_spined') }}
    where {{ in_rebuild_window('date_day') }}
),

segment_days as (
    select
        segments.component_id,
        segments.outage_started_at,
        segments.downtime_weight,
        dates.date_day as activity_date,
        greatest(segments.started_at, {{ day_starts_at('dates.date_day') }}) as started_at,
        least(segments.ended_at, {{ day_starts_at('dates.date_day + 1') }}) as ended_at
    from segments
    inner join dates
        on
            segments.started_at < {{ day_starts_at('dates.date_day + 1') }}
            and segments.ended_at > {{ day_starts_at('dates.date_day') }}
),

first_mappings as (
    select
        account_id,
        min(valid_from) as mapped_from
    from account_components
    group by account_id
),

-- Until anything is known of what an account uses, it is taken to use every component.
pieces as (
    select
        account_components.account_id,
        segment_days.activity_date,
        segment_days.component_id,
        true as is_mapped,
        segment_days.downtime_weight,
        segment_days.outage_started_at,
        greatest(segment_days.started_at, account_components.valid_from) as started_at,
        least(segment_days.ended_at, coalesce(account_components.valid_to, segment_days.ended_at)) as ended_at
    from segment_days
    inner join account_components using (component_id)
    union all
    select
        account_days.account_id,
        segment_days.activity_date,
        segment_days.component_id,
        false as is_mapped,
        segment_days.downtime_weight,
        segment_days.outage_started_at,
        segment_days.started_at,
        least(segment_days.ended_at, coalesce(first_mappings.mapped_from, segment_days.ended_at)) as ended_at
    from segment_days
    inner join account_days using (activity_date)
    left join first_mappings using (account_id)
    where coalesce(first_mappings.mapped_from > segment_days.started_at, true)
)

select
    pieces.account_id,
    pieces.activity_date,
    pieces.component_id,
    pieces.is_mapped,
    pieces.downtime_weight,
    pieces.outage_started_at,
    pieces.started_at,
    max(pieces.ended_at) as ended_at
from pieces
inner join account_days using (account_id, activity_date)
where pieces.started_at < pieces.ended_at
group by
    pieces.account_id,
    pieces.activity_date,
    pieces.component_id,
    pieces.is_mapped,
    pieces.downtime_weight,
    pieces.outage_started_at,
    pieces.started_at
