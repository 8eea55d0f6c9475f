with

segment_spans as (select * from {{ ref('int_account_segment_spans') }}),

active_spans as (select * from {{ ref('int_active_user_spans') }}),

reach_spans as (select * from {{ ref('int_user_reach_spans') }}),

reaching as (
    select
        reach_spans.account_id,
        reach_spans.platforms,
        greatest(active_spans.first_date, reach_spans.first_date) as first_date,
        least(active_spans.end_date, reach_spans.end_date) as end_date
    from active_spans
    inner join reach_spans
        on
            active_spans.account_id = reach_spans.account_id
            and active_spans.user_id = reach_spans.user_id
            and {{ spans_overlap('active_spans', 'reach_spans') }}
),

named_platforms as (select distinct platforms from reach_spans),

active_changes as (
    {{ span_changes('active_spans', ['account_id']) }}
),

reaching_changes as (
    {{ span_changes('reaching', ['account_id', 'platforms']) }}
),

changes as (
    select distinct
        segment_spans.account_id,
        named_platforms.platforms,
        date '0001-01-01' as change_date,
        0 as active_change,
        0 as reaching_change
    from segment_spans
    cross join named_platforms
    union all
    select
        active_changes.account_id,
        named_platforms.platforms,
        active_changes.change_date,
        active_changes.span_change,
        0
    from active_changes
    cross join named_platforms
    union all
    select
        account_id,
        platforms,
        change_date,
        0,
        span_change
    from reaching_changes
),

judged as (
    select
        account_id,
        platforms,
        change_date,
        case
            when sum(sum(reaching_change)) over account_history > 0 then 'used'
            when sum(sum(active_change)) over account_history = 0 then 'silent'
        end as basis
    from changes
    group by account_id, platforms, change_date
    window account_history as (
        partition by account_id, platforms
        order by change_date
    )
),

{{ spans_of_state('judged', 'basis', ['account_id', 'platforms']) }}

select
    account_id,
    platforms,
    basis,
    first_date,
    end_date
from spans
where basis is not null
