{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

reaches as (select * from {{ ref('int_segment_reaches_daily') }} where {{ in_rebuild_window('activity_date') }}),

-- The days to write: only they are unfolded.
days as (
    select
        min(activity_date) as first_date,
        max(activity_date) as last_date
    from reaches
    having count(*) > 0
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
        {{ ['feature_id', 'dimension', 'segment', 'change_date'] | join(',\n        ') }},
        {{ ['user_change', 'member_change', 'account_change'] | join(',\n        ') }},
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
        from {{ ref('int_segment_feature_usage_daily') }}
        where {{ in_rebuild_window('activity_date', look_back=27) }}
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
),

offered_spans as (
    select
        spans.*,
        features.reach,
        greatest(spans.first_date, features.first_date, days.first_date) as shown_from,
        least(spans.end_date - 1, features.end_date - 1, days.last_date) as shown_until
    from spans
    inner join features on spans.feature_id = features.feature_id
    cross join days
    where spans.user_count + spans.member_count + spans.account_count + spans.shown_count > 0
),

unfolded as (
    select
        *,
        {{ each_day('shown_from', 'shown_until') }} as activity_date
    from offered_spans
    where shown_from <= shown_until
)

select
    unfolded.feature_id,
    unfolded.dimension,
    unfolded.segment,
    unfolded.activity_date,
    reaches.account_count as eligible_account_count,
    unfolded.account_count as adopting_account_count,
    reaches.active_user_count as eligible_active_user_count,
    unfolded.user_count as adopting_user_count,
    reaches.provisioned_user_count as eligible_provisioned_user_count,
    case when reaches.provisioned_user_count is not null then unfolded.member_count end as adopting_member_count,
    unfolded.event_count as core_events_28d,
    unfolded.user_day_count as core_user_days_28d
from unfolded
inner join reaches using (reach, dimension, segment, activity_date)
