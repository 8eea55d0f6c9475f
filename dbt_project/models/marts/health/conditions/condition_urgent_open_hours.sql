with

support as (select * from {{ ref('fct_support_28d') }})

select
    account_id,
    activity_date as score_date,
    'urgent_open_hours' as condition,
    urgent_open_hours as condition_value
from support
where urgent_open_hours > 0
