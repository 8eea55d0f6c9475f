with

kinds as (select * from {{ ref('int_ticket_kinds_daily') }}),

coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where source = 'support_tickets'
),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    kinds.ticket_type,
    kinds.ticket_count_28d as ticket_count,
    case when coverage.first_date <= parameters.as_of_date - 55 then earlier_kinds.ticket_count_28d end
        as earlier_ticket_count
from kinds
inner join parameters on kinds.activity_date = parameters.as_of_date
cross join coverage
left join kinds as earlier_kinds
    on
        kinds.ticket_type = earlier_kinds.ticket_type
        and kinds.activity_date = earlier_kinds.activity_date + 28
