with

charges as (select * from {{ ref('int_subscription_items_dated') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

ends as (
    select
        month_start,
        month_end,
        opening_date as valued_on,
        true as is_opening
    from months
    union all
    select
        month_start,
        month_end,
        month_end as valued_on,
        false as is_opening
    from months
),

-- Both ends of a month at the rate of that month: a currency that moves is neither expansion nor contraction.
valued as (
    select
        charges.account_id,
        ends.month_end,
        ends.is_opening,
        case
            when charges.trial_end_date > ends.valued_on then 0
            when charges.currency = '{{ var("reporting_currency") }}' then charges.monthly_amount
            else charges.monthly_amount * rates.rate
        end as monthly_amount
    from ends
    inner join charges
        on
            charges.first_date <= ends.valued_on
            and charges.end_date > ends.valued_on
    left join rates
        on
            charges.currency = rates.currency
            and ends.month_start = rates.rate_month
)

-- One item without a known price makes the sum unknown; an end without any item is worth zero.
select
    account_id,
    month_end,
    {% for side in ['opening', 'closing'] %}
        {%- set is_side = 'is_opening' if side == 'opening' else 'not is_opening' %}
        cast(
            case
                when count(*) filter (where {{ is_side }} and monthly_amount is null) = 0
                    then coalesce(
                        sum(cast(monthly_amount as decimal(18, 6))) filter (where {{ is_side }}), 0
                    )
            end as decimal(18, 2)
        ) as {{ side }}_mrr{{ ',' if not loop.last }}
    {%- endfor %}
from valued
group by account_id, month_end
