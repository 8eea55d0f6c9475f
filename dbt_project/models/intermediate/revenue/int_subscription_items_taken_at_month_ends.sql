with

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

months as (select * from {{ ref('int_months_closed') }})

select
    charges.account_id,
    months.month_end,
    months.month_number,
    cast(
        row_number() over (
            partition by charges.account_id, months.month_end
            order by charges.subscription_item_id nulls last, charges.first_date nulls last
        ) as integer
    ) as item_number,
    charges.currency,
    cast(case when charges.trial_end_date > months.month_end then 0 else charges.monthly_amount end as decimal(18, 6))
        as monthly_amount,
    charges.is_comped
from charges
inner join months
    on
        charges.first_date <= months.month_end
        and charges.end_date > months.month_end
