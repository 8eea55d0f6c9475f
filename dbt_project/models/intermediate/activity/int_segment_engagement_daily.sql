{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date') }}
),

engagement as (select * from {{ ref('fct_account_engagement_daily') }} where {{ in_rebuild_window('activity_date') }}),

roles as (select * from {{ ref('int_account_roles_daily') }} where {{ in_rebuild_window('activity_date') }}),

breadth as (select * from {{ ref('int_feature_breadth_daily') }} where {{ in_rebuild_window('activity_date') }})

-- An account of which no feature can be asked counts in no breadth.
select
    segments.dimension,
    segments.segment,
    segments.activity_date,
    count(*) as account_count,
    count(*) filter (where engagement.gap_count >= 5) as rhythm_account_count,
    count(*) filter (
        where engagement.gap_count >= 5 and engagement.days_since_last_activity > engagement.usual_gap_days
    ) as overdue_account_count,
    cast(sum(engagement.active_days_28d) as bigint) as active_days_28d_total,
    cast(sum(engagement.days_since_last_activity) as bigint) as days_since_last_activity_total,
    cast(sum(roles.active_role_count) as bigint) as active_role_total,
    count(*) filter (where roles.has_active_champion) as champion_account_count,
    count(breadth.eligible_feature_count) as breadth_account_count,
    cast(sum(breadth.used_feature_count) as bigint) as used_feature_count,
    cast(sum(breadth.eligible_feature_count) as bigint) as eligible_feature_count,
    cast(sum(cast(breadth.used_importance as decimal(18, 6))) as double) as used_importance,
    cast(sum(cast(breadth.eligible_importance as decimal(18, 6))) as double) as eligible_importance
from segments
inner join engagement using (account_id, activity_date)
inner join roles using (account_id, activity_date)
left join breadth using (account_id, activity_date)
group by
    segments.dimension,
    segments.segment,
    segments.activity_date
