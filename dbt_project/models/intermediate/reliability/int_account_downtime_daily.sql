{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

outages as (
    select * from {{ ref('fct_account_outages') }}
    where {{ in_rebuild_window('activity_date') }}
),

openings as (
    select * from {{ ref('int_account_hours_on_outage_days') }}
    where {{ in_rebuild_window('activity_date') }}
),

cut_points as (
    select
        account_id,
        activity_date,
        started_at as cut_at
    from outages
    union
    select
        account_id,
        activity_date,
        ended_at
    from outages
    union
    select
        account_id,
        activity_date,
        felt_from
    from outages
    where felt_from is not null
    {%- for moment in ['opens_at', 'closes_at'] %}
        union
        select
            account_id,
            activity_date,
            {{ moment }}
        from openings
    {%- endfor %}
),

intervals as (
    select
        account_id,
        activity_date,
        cut_at as started_at,
        lead(cut_at) over (partition by account_id, activity_date order by cut_at) as ended_at
    from cut_points
),

-- Components that were down at the same time are not added: the worst of them counts.
weighed as (
    select
        intervals.account_id,
        intervals.activity_date,
        {{ seconds_between('intervals.started_at', 'intervals.ended_at') }} as interval_seconds,
        max(outages.downtime_weight) as downtime_weight,
        coalesce(
            max(outages.downtime_weight) filter (where outages.felt_from <= intervals.started_at), 0
        ) as felt_weight,
        coalesce(
            max(outages.downtime_weight) filter (where openings.opens_at is not null), 0
        ) as business_hours_weight,
        bool_and(outages.is_mapped) as is_mapped
    from intervals
    inner join outages
        on
            intervals.account_id = outages.account_id
            and intervals.activity_date = outages.activity_date
            and intervals.started_at >= outages.started_at
            and intervals.ended_at <= outages.ended_at
    left join openings
        on
            intervals.account_id = openings.account_id
            and intervals.activity_date = openings.activity_date
            and intervals.started_at >= openings.opens_at
            and intervals.ended_at <= openings.closes_at
    group by
        intervals.account_id,
        intervals.activity_date,
        intervals.started_at,
        intervals.ended_at
)

select
    account_id,
    activity_date,
    cast(sum(cast(interval_seconds * downtime_weight as decimal(18, 6))) as double) as downtime_seconds,
    cast(sum(cast(interval_seconds * felt_weight as decimal(18, 6))) as double) as felt_downtime_seconds,
    cast(
        sum(cast(interval_seconds * business_hours_weight as decimal(18, 6))) as double
    ) as business_hours_downtime_seconds,
    bool_and(is_mapped) as is_mapped
from weighed
group by account_id, activity_date
