{{ config(materialized='incremental', incremental_strategy='replace_days', unique_key='activity_date') }}

with

audiences as (
    select * from {{ ref('fct_segment_audiences_daily') }}
    where {{ is_rebuilt('activity_date') }}
),

dates as (
    select * from {{ ref('dim_dates') }}
    where {{ is_rebuilt('date_day') }}
),

entitlements as (select * from {{ ref('fct_feature_entitlements') }}),

adopter_changes as (select * from {{ ref('fct_adopter_changes') }}),

used as (
    select * from {{ ref('fct_feature_usage_daily') }}
    where core_event_count > 0 and {{ is_rebuilt('activity_date', look_back=27) }}
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account' and {{ is_rebuilt('activity_date', look_back=27) }}
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
    from adopter_changes
    union all
    -- All accounts together have a row a day of every feature.
    select distinct
        'any',
        feature_id,
        'all',
        'all',
        first_date,
        1
    from entitlements
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

-- A feature without named roles or platforms is for everybody in the account, any other for those whom it names.
select
    shown.feature_id,
    shown.dimension,
    shown.segment,
    shown.activity_date,
    cast(sum(audiences.account_count) filter (where audiences.role = 'any') as bigint) as eligible_account_count,
    max(shown.account_count) as adopting_account_count,
    {%- for kind, adopting in [('active', 'user'), ('provisioned', 'member')] %}
        cast(coalesce(sum(audiences.{{ kind }}_user_count) filter (
            where (entitlements.roles is null) = (audiences.role = 'any')
        ), 0) as bigint) as eligible_{{ kind }}_user_count,
        max(shown.{{ adopting }}_count) as adopting_{{ adopting }}_count{{ ',' if not loop.last }}
    {%- endfor %}
from shown
inner join audiences using (dimension, segment, activity_date)
inner join entitlements
    on
        shown.feature_id = entitlements.feature_id
        and audiences.plan_id = entitlements.plan_id
        and audiences.platforms = coalesce(entitlements.platforms, 'any')
        and shown.activity_date >= entitlements.first_date
        and shown.activity_date < entitlements.end_date
        and (
            audiences.role = 'any'
            or '|' || entitlements.roles || '|' like '%|' || audiences.role || '|%'
        )
group by shown.feature_id, shown.dimension, shown.segment, shown.activity_date
having sum(audiences.account_count) filter (where audiences.role = 'any') > 0
