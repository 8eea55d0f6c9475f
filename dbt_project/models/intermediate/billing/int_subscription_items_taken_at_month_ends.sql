with

items as (select * from {{ ref('int_subscription_items_dated') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

months as (select * from {{ ref('int_months_closed') }}),

priced as (
    select
        items.account_id,
        months.month_end,
        months.month_number,
        cast(
            row_number() over (
                partition by items.account_id, months.month_end
                order by items.subscription_item_id, items.first_date
            ) as integer
        ) as item_number,
        items.currency,
        cast(case when items.trial_end_date > months.month_end then 0 else items.monthly_amount end as decimal(18, 6))
            as monthly_amount,
        items.is_comped
    from items
    inner join months
        on
            items.first_date <= months.month_end
            and items.end_date > months.month_end
),

served as (
    select
        subscriptions.account_id,
        months.month_end,
        months.month_number
    from subscriptions
    inner join months
        on
            subscriptions.first_date <= months.month_end
            and subscriptions.end_date > months.month_end
    group by subscriptions.account_id, months.month_end, months.month_number
),

accounts_priced as (
    select
        account_id,
        month_end
    from priced
    group by account_id, month_end
)

select * from priced

union all

-- Service without any item is revenue that is not known, not revenue of zero.
select
    served.account_id,
    served.month_end,
    served.month_number,
    1 as item_number,
    cast(null as varchar) as currency,
    cast(null as decimal(18, 6)) as monthly_amount,
    false as is_comped
from served
left join accounts_priced using (account_id, month_end)
where accounts_priced.account_id is null
