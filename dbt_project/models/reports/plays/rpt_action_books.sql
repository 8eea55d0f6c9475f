with

actions as (select * from {{ ref('fct_recommended_actions') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

listed as (
    select
        actions.owner,
        actions.status,
        actions.minutes,
        actions.capacity_minutes,
        actions.mrr
    from actions
    inner join parameters on actions.action_date = parameters.as_of_date
),

books as (
    select
        owner,
        max(capacity_minutes) as capacity_minutes,
        count(*) as account_count,
        count(*) filter (where status = 'worked') as worked_count,
        count(*) filter (where status = 'covered') as covered_count,
        count(*) filter (where status = 'deferred') as deferred_count,
        count(*) filter (where status = 'held_out') as held_out_count,
        count(*) filter (where status = 'nothing_due') as nothing_due_count,
        cast(coalesce(sum(minutes) filter (where status = 'worked'), 0) as bigint) as worked_minutes,
        cast(coalesce(sum(minutes) filter (where status = 'deferred'), 0) as bigint) as deferred_minutes,
        cast(sum(mrr) filter (where status = 'worked') as decimal(18, 2)) as worked_mrr,
        cast(sum(mrr) filter (where status = 'deferred') as decimal(18, 2)) as deferred_mrr
    from listed
    group by owner
)

select * from books

union all

select
    'all' as owner,
    sum(capacity_minutes) as capacity_minutes,
    sum(account_count) as account_count,
    sum(worked_count) as worked_count,
    sum(covered_count) as covered_count,
    sum(deferred_count) as deferred_count,
    sum(held_out_count) as held_out_count,
    sum(nothing_due_count) as nothing_due_count,
    sum(worked_minutes) as worked_minutes,
    sum(deferred_minutes) as deferred_minutes,
    sum(worked_mrr) as worked_mrr,
    sum(deferred_mrr) as deferred_mrr
from books
