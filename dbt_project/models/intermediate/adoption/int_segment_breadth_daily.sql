{{ config(materialized='ephemeral') }}

with

engagement as (select * from {{ ref('int_segment_engagement_daily') }})

select
    dimension,
    segment,
    activity_date,
    breadth_account_count as account_count,
    used_feature_count,
    eligible_feature_count,
    used_importance,
    eligible_importance
from engagement
where breadth_account_count > 0
