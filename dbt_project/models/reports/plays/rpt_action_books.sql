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
        cast(max(capacity_minutes) as bigint) as capacity_minutes,
        count(*) as account_count,
        count(mrr) as known_mrr_count,
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
    cast(sum(capacity_minutes) as bigint) as capacity_minutes,
    cast(sum(account_count) as bigint) as account_count,
    cast(sum(known_mrr_count) as bigint) as known_mrr_count,
    cast(sum(worked_count) as bigint) as worked_count,
    cast(sum(covered_count) as bigint) as covered_count,
    cast(sum(deferred_count) as bigint) as deferred_count,
    cast(sum(held_out_count) as bigint) as held_out_count,
    cast(sum(nothing_due_count) as bigint) as nothing_due_count,
    cast(sum(worked_minutes) as bigint) as worked_minutes,
    cast(sum(deferred_minutes) as bigint) as deferred_minutes,
    cast(sum(worked_mrr) as decimal(18, 2)) as worked_mrr,
    cast(sum(deferred_mrr) as decimal(18, 2)) as deferred_mrr
from books
