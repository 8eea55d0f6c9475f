{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

reaches as (select * from {{ ref('int_segment_reaches_daily') }} where {{ in_rebuild_window('activity_date') }}),

dates as (select * from {{ ref('dim_dates') }} where {{ in_rebuild_window('date_day') }}),

uses as (
    select * from {{ ref('int_segment_feature_usage_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

features as (
    select distinct
        feature_id,
        reach,
        first_date,
        end_date
    from {{ ref('int_feature_entitlements') }}
),

changes as (
    select
        *,
        0 as shown_change,
        0 as event_change,
        0 as user_day_change
    from {{ ref('int_adopter_changes') }}
    {% for days, sign in [(0, ''), (28, '-')] %}
        union all
        select
            feature_id,
            dimension,
            segment,
            activity_date + {{ days }},
            0,
            0,
            0,
            {{ sign }}1,
            {{ sign }}core_event_count,
            {{ sign }}core_user_days
        from uses
    {% endfor %}
    union all
    -- All accounts together have a row a day of every feature.
    select
        feature_id,
        'all',
        'all',
        first_date,
        0,
        0,
        0,
        1,
        0,
        0
    from features
),

spans as (
    select
        feature_id,
        dimension,
        segment,
        change_date as first_date,
        lead(change_date, 1, date '9999-12-31') over feature_history as end_date,
        cast(sum(sum(user_change)) over feature_history as bigint) as user_count,
        cast(sum(sum(member_change)) over feature_history as bigint) as member_count,
        cast(sum(sum(account_change)) over feature_history as bigint) as account_count,
        cast(sum(sum(shown_change)) over feature_history as bigint) as shown_count,
        cast(sum(sum(event_change)) over feature_history as bigint) as event_count,
        cast(sum(sum(user_day_change)) over feature_history as bigint) as user_day_count
    from changes
    group by feature_id, dimension, segment, change_date
    window feature_history as (
        partition by feature_id, dimension, segment
        order by change_date
    )
)

select
    spans.feature_id,
    spans.dimension,
    spans.segment,
    dates.date_day as activity_date,
    reaches.account_count as eligible_account_count,
    spans.account_count as adopting_account_count,
    reaches.active_user_count as eligible_active_user_count,
    spans.user_count as adopting_user_count,
    reaches.provisioned_user_count as eligible_provisioned_user_count,
    spans.member_count as adopting_member_count,
    spans.event_count as core_events_28d,
    spans.user_day_count as core_user_days_28d
from spans
inner join dates on spans.first_date <= dates.date_day and spans.end_date > dates.date_day
inner join features
    on
        spans.feature_id = features.feature_id
        and dates.date_day >= features.first_date
        and dates.date_day < features.end_date
inner join reaches
    on
        features.reach = reaches.reach
        and spans.dimension = reaches.dimension
        and spans.segment = reaches.segment
        and dates.date_day = reaches.activity_date
where spans.user_count + spans.member_count + spans.account_count + spans.shown_count > 0
