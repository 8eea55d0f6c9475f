with

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

transactions as (select * from {{ ref('int_transactions_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

firsts as (
    select min(first_date) as first_date from subscriptions
    union all
    select min(ordered_date) as first_date from transactions
),

covered as (
    select
        cast(date_trunc('month', min(coalesce(firsts.first_date, parameters.as_of_date))) as date) as first_day,
        max(parameters.as_of_date) as last_day
    from firsts
    cross join parameters
),

days as (
    select {{ each_day('first_day', 'last_day') }} as date_day from covered
)

-- A month is one when its last day is complete: the running one is left out.
select
    cast(date_trunc('month', date_day) as date) as month_start,
    date_day as month_end,
    cast(date_trunc('month', date_day) as date) - 1 as previous_month_end,
    cast(row_number() over (order by date_day) as integer) as month_number
from days
where cast(date_trunc('month', date_day + 1) as date) = date_day + 1
