{{ config(tags=['formula'], meta={'dagster': {'ref': {'name': 'rpt_action_books'}}}) }}

with

actions as (select * from {{ ref('fct_recommended_actions') }}),

account_days as (select * from {{ ref('fct_account_daily') }} where is_in_population),

books as (select * from {{ ref('rpt_action_books') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

customers as (
    select count(*) as account_count
    from account_days
    inner join parameters on account_days.activity_date = parameters.as_of_date
),

listed as (
    select count(*) as account_count
    from actions
    inner join parameters on actions.action_date = parameters.as_of_date
)

-- Worked, covered, deferred, held out and nothing due are the whole book, of each owner and of all.
select
    books.owner,
    books.account_count
from books
where
    books.account_count
    != books.worked_count + books.covered_count + books.deferred_count + books.held_out_count + books.nothing_due_count

union all

select
    'listed' as owner,
    listed.account_count
from listed
cross join customers
left join books on books.owner = 'all'
where
    listed.account_count != customers.account_count
    or coalesce(books.account_count, 0) != customers.account_count

union all

select
    actions.owner,
    actions.minutes_to_here as account_count
from actions
where actions.status = 'worked' and actions.minutes_to_here > actions.capacity_minutes
