{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

reaches as (
    select * from {{ ref('int_segment_reaches_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

dates as (
    select * from {{ ref('dim_dates') }}
    where {{ in_rebuild_window('date_day') }}
),

features as (
    select distinct
        feature_id,
        reach,
        first_date,
        end_date
    from {{ ref('int_feature_entitlements') }}
),

used as (
    select * from {{ ref('fct_feature_usage_daily') }}
    where core_event_count > 0 and {{ in_rebuild_window('activity_date', look_back=27) }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ in_rebuild_window('activity_date', look_back=27) }}
),

uses as (
    select distinct
        'use' as kind,
        used.feature_id,
        segments.dimension,
        segments.segment,
        used.activity_date as first_date,
        used.activity_date + 28 as end_date
    from used
    inner join segments using (account_id, activity_date)
),

changes as (
    {{ span_changes('uses', ['kind', 'feature_id', 'dimension', 'segment']) }}
    union all
    select
        adopter,
        feature_id,
        dimension,
        segment,
        change_date,
        span_change
    from {{ ref('int_adopter_changes') }}
    union all
    -- All accounts together have a row a day of every feature.
    select
        'any',
        feature_id,
        'all',
        'all',
        first_date,
        1
    from features
),

spans as (
    select
        feature_id,
        dimension,
        segment,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over feature_history as end_date,
        {%- for kind in ['user', 'member', 'account'] %}
            cast(sum(sum(case when kind = '{{ kind }}' then span_change else 0 end)) over feature_history as bigint)
                as {{ kind }}_count,
        {%- endfor %}
        sum(sum(span_change)) over feature_history as shown_count
    from changes
    group by feature_id, dimension, segment, change_date
    window feature_history as (
        partition by feature_id, dimension, segment
        order by change_date
    )
),

shown as (
    select
        spans.*,
        dates.date_day as activity_date
    from spans
    inner join dates on spans.first_date <= dates.date_day and spans.end_date > dates.date_day
    where spans.shown_count > 0
)

select
    shown.feature_id,
    shown.dimension,
    shown.segment,
    shown.activity_date,
    reaches.account_count as eligible_account_count,
    shown.account_count as adopting_account_count,
    reaches.active_user_count as eligible_active_user_count,
    shown.user_count as adopting_user_count,
    reaches.provisioned_user_count as eligible_provisioned_user_count,
    shown.member_count as adopting_member_count
from shown
inner join features
    on
        shown.feature_id = features.feature_id
        and shown.activity_date >= features.first_date
        and shown.activity_date < features.end_date
inner join reaches
    on
        features.reach = reaches.reach
        and shown.dimension = reaches.dimension
        and shown.segment = reaches.segment
        and shown.activity_date = reaches.activity_date
