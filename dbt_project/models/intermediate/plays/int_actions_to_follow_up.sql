with

actions as (select * from {{ ref('fct_recommended_actions') }} where status in ('worked', 'deferred', 'held_out')),

printed as (select * from {{ ref('stg_run__published_actions') }} where status in ('worked', 'deferred', 'held_out')),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- What was printed counts; a day on which nothing was printed is as it would be printed now.
lists as (
    select
        account_id,
        action_date,
        play,
        status,
        owner,
        due_date,
        true as was_printed
    from printed

    union all

    select
        actions.account_id,
        actions.action_date,
        actions.play,
        actions.status,
        actions.owner,
        actions.due_date,
        false as was_printed
    from actions
    where actions.action_date not in (select printed.action_date from printed)
),

last_list as (
    select max(lists.action_date) as action_date
    from lists
    inner join parameters on lists.action_date <= parameters.as_of_date - 7
)

-- The last list that has had a week.
select lists.*
from lists
inner join last_list on lists.action_date = last_list.action_date
