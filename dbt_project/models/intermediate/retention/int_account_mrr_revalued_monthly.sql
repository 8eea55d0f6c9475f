{{ config(materialized='ephemeral') }}

with

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

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
        {{ worth_of_charge('charges', 'ends.valued_on') }} as monthly_amount
    from ends
    inner join charges
        on
            ends.valued_on >= charges.first_date
            and ends.valued_on < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and ends.month_start = rates.rate_month
)

-- One charge without a known price makes the sum unknown; an end without any charge is one without service.
select
    account_id,
    month_end,
    cast(case
        when count(*) filter (where is_opening and monthly_amount is null) = 0
            then coalesce(sum(cast(monthly_amount as decimal(18, 6))) filter (where is_opening), 0)
    end as decimal(18, 2)) as opening_mrr,
    cast(case
        when count(*) filter (where not is_opening and monthly_amount is null) = 0
            then coalesce(sum(cast(monthly_amount as decimal(18, 6))) filter (where not is_opening), 0)
    end as decimal(18, 2)) as closing_mrr
from valued
group by account_id, month_end
