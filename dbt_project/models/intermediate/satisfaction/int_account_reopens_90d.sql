with

account_days as (select * from {{ ref('int_account_days_spined') }} where {{ in_rebuild_window('activity_date') }}),

solutions as (
    select * from {{ ref('int_ticket_solutions') }}
    where {{ in_rebuild_window('solved_date', look_back=89) }}
)

-- A solution that fails later was none, but on the days before nobody knew.
select
    account_days.account_id,
    account_days.activity_date,
    count(*) filter (where solutions.reopened_date <= account_days.activity_date) as reopened_count,
    count(*) as solution_count
from account_days
inner join solutions
    on
        account_days.account_id = solutions.account_id
        and account_days.activity_date >= solutions.solved_date
        and account_days.activity_date < solutions.solved_date + 90
group by account_days.account_id, account_days.activity_date
