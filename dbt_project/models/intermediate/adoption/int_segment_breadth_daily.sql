{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

breadth as (select * from {{ ref('int_feature_breadth_daily') }})

select
    segments.dimension,
    segments.segment,
    segments.activity_date,
    count(*) as account_count,
    cast(sum(breadth.used_feature_count) as bigint) as used_feature_count,
    cast(sum(breadth.eligible_feature_count) as bigint) as eligible_feature_count,
    cast(sum(cast(breadth.used_importance as decimal(18, 6))) as double) as used_importance,
    cast(sum(cast(breadth.eligible_importance as decimal(18, 6))) as double) as eligible_importance
from segments
inner join breadth using (account_id, activity_date)
where segments.dimension != 'account'
group by segments.dimension, segments.segment, segments.activity_date
