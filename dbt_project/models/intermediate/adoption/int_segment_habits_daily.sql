{{ config(materialized='ephemeral') }}

with

habit_spans as (select * from {{ ref('int_habit_spans') }}),

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

audiences as (select * from {{ ref('int_segment_audiences_daily') }}),

habits as (
    select
        habit_spans.entity,
        segment_spans.dimension,
        segment_spans.segment,
        greatest(habit_spans.first_date, segment_spans.first_date) as first_date,
        least(habit_spans.end_date, segment_spans.end_date) as end_date
    from habit_spans
    inner join segment_spans
        on
            habit_spans.account_id = segment_spans.account_id
            and {{ spans_overlap('habit_spans', 'segment_spans') }}
),

changes as (
    {{ span_changes('habits', ['entity', 'dimension', 'segment']) }}
),

contributions as (
    select
        dimension,
        segment,
        activity_date,
        account_count,
        active_user_count,
        provisioned_user_count,
        0 as user_change,
        0 as account_change
    from audiences
    where role = 'any' and platforms = 'any'
    union all
    select
        dimension,
        segment,
        change_date,
        0,
        0,
        0,
        case when entity = 'user' then span_change else 0 end,
        case when entity = 'account' then span_change else 0 end
    from changes
),

running as (
    select
        dimension,
        segment,
        activity_date,
        sum(account_count) as account_count,
        sum(active_user_count) as active_user_count,
        sum(provisioned_user_count) as provisioned_user_count,
        sum(sum(user_change)) over segment_history as habit_user_count,
        sum(sum(account_change)) over segment_history as habit_account_count
    from contributions
    group by dimension, segment, activity_date
    window segment_history as (
        partition by dimension, segment
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    dimension,
    segment,
    activity_date,
    cast(account_count as bigint) as account_count,
    cast(active_user_count as bigint) as active_user_count,
    cast(provisioned_user_count as bigint) as provisioned_user_count,
    cast(habit_account_count as bigint) as habit_account_count,
    cast(habit_user_count as bigint) as habit_user_count
from running
where account_count > 0
