with

milestones as (select * from {{ ref('fct_account_milestones') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

required as (
    select
        *,
        completed_on is null as is_open
    from milestones
    where is_required
),

summed as (
    select
        account_id,
        started_on,
        count(*) as required_count,
        count(completed_on) as completed_count,
        max(completed_on) as last_completed_on,
        max(days_to_complete) as slowest_days,
        min(case when is_open then milestone_order end) as stuck_order
    from required
    group by account_id, started_on
),

-- Waiting begins when everything before the open step was done, or with the first day.
waiting as (
    select
        summed.account_id,
        max(case when required.milestone_order = summed.stuck_order then required.milestone_id end)
            as stuck_milestone_id,
        max(case when required.milestone_order < summed.stuck_order then required.completed_on end)
            as waiting_since
    from summed
    inner join required using (account_id)
    where summed.stuck_order is not null
    group by summed.account_id
)

select
    summed.account_id,
    waiting.stuck_milestone_id,
    summed.started_on,
    case when summed.completed_count = summed.required_count then summed.last_completed_on end as completed_on,
    summed.required_count,
    summed.completed_count,
    case when summed.completed_count = summed.required_count then summed.slowest_days end as days_to_complete,
    case
        when summed.stuck_order is not null
            then cast({{ days_between(
                'greatest(coalesce(waiting.waiting_since, summed.started_on), summed.started_on)', 'parameters.as_of_date'
            ) }} as bigint)
    end as waiting_days
from summed
cross join parameters
left join waiting using (account_id)
