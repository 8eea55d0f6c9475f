{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date') }}
),

reliability as (select * from {{ ref('fct_reliability_28d') }})

select
    segments.dimension,
    segments.segment,
    segments.activity_date,
    count(*) as account_count,
    count(*) filter (where not reliability.is_downtime_mapped) as unmapped_account_count,
    count(*) filter (where reliability.felt_downtime_minutes > 0) as feeling_account_count,
    cast(sum(cast(reliability.downtime_minutes as decimal(18, 6))) as double) as downtime_minutes_28d,
    cast(sum(cast(reliability.felt_downtime_minutes as decimal(18, 6))) as double) as felt_downtime_minutes_28d,
    cast(
        sum(cast(reliability.business_hours_downtime_minutes as decimal(18, 6))) as double
    ) as business_hours_downtime_minutes_28d
from segments
left join reliability using (account_id, activity_date)
group by
    segments.dimension,
    segments.segment,
    segments.activity_date
