with

overdue as (select * from {{ ref('int_payments_overdue_daily') }})

select
    account_id,
    activity_date as score_date,
    overdue_days as condition_value
from overdue
where overdue_days > 0
