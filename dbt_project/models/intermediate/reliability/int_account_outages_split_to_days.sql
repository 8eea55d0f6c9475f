with

intervals as (
    select * from {{ ref('int_component_downtime_intervals') }}
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

interval_days as (
    select
        intervals.component_id,
        intervals.outage_started_at,
        intervals.downtime_weight,
        dates.date_day as activity_date,
        greatest(intervals.started_at, {{ day_starts_at('dates.date_day') }}) as started_at,
        least(intervals.ended_at, {{ day_starts_at('dates.date_day + 1') }}) as ended_at
    from intervals
    inner join dates
        on
            intervals.started_at < {{ day_starts_at('dates.date_day + 1') }}
            and intervals.ended_at > {{ day_starts_at('dates.date_day') }}
),

first_mappings as (
    select
        account_id,
        min(valid_from) as mapped_from
    from account_components
    group by account_id
),

-- Until anything is known of what an account uses, it is taken to use every component.
used_intervals as (
    select
        account_components.account_id,
        interval_days.activity_date,
        interval_days.component_id,
        true as is_mapped,
        interval_days.downtime_weight,
        interval_days.outage_started_at,
        greatest(interval_days.started_at, account_components.valid_from) as started_at,
        least(interval_days.ended_at, coalesce(account_components.valid_to, interval_days.ended_at)) as ended_at
    from interval_days
    inner join account_components using (component_id)
    union all
    select
        account_days.account_id,
        interval_days.activity_date,
        interval_days.component_id,
        false as is_mapped,
        interval_days.downtime_weight,
        interval_days.outage_started_at,
        interval_days.started_at,
        least(interval_days.ended_at, coalesce(first_mappings.mapped_from, interval_days.ended_at)) as ended_at
    from interval_days
    inner join account_days using (activity_date)
    left join first_mappings using (account_id)
    where coalesce(first_mappings.mapped_from > interval_days.started_at, true)
)

select
    used_intervals.account_id,
    used_intervals.activity_date,
    used_intervals.component_id,
    used_intervals.is_mapped,
    used_intervals.downtime_weight,
    used_intervals.outage_started_at,
    used_intervals.started_at,
    max(used_intervals.ended_at) as ended_at
from used_intervals
inner join account_days using (account_id, activity_date)
where used_intervals.started_at < used_intervals.ended_at
group by
    used_intervals.account_id,
    used_intervals.activity_date,
    used_intervals.component_id,
    used_intervals.is_mapped,
    used_intervals.downtime_weight,
    used_intervals.outage_started_at,
    used_intervals.started_at
