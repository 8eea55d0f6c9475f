{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

charges as (select * from {{ ref('int_subscription_charges_dated') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where {{ in_rebuild_window('activity_date') }}
),

dates as (
    select * from {{ ref('int_days_spined') }}
    where {{ in_rebuild_window('date_day') }}
),

-- Contracts in force whose term ends within the next 90 days, as on that day.
exposed as (
    select
        terms.subscription_id,
        terms.account_id,
        dates.date_day as activity_date,
        dates.month_start
    from terms
    inner join dates
        on
            dates.date_day >= greatest(terms.scheduled_end - 90, terms.term_start)
            and dates.date_day < least(terms.scheduled_end, terms.end_date)
),

valued as (
    select
        exposed.account_id,
        exposed.activity_date,
        exposed.subscription_id,
        {{ worth_of_charge('charges', 'exposed.activity_date') }} as monthly_amount
    from exposed
    inner join charges
        on
            exposed.subscription_id = charges.subscription_id
            and exposed.activity_date >= charges.first_date
            and exposed.activity_date < charges.end_date
    left join rates
        on
            charges.currency = rates.currency
            and exposed.month_start = rates.rate_month
),

accounts as (
    select
        account_id,
        activity_date,
        count(distinct subscription_id) as contract_count,
        count(*) filter (where monthly_amount is null) as unknown_count,
        sum(cast(monthly_amount as decimal(18, 6))) as monthly_amount
    from valued
    group by account_id, activity_date
)

-- Every segment has every day: that nothing is due is a measurement. One unknown price makes the sum unknown.
select
    segments.dimension,
    segments.segment,
    segments.activity_date,
    count(*) as customer_count,
    cast(coalesce(sum(accounts.contract_count), 0) as bigint) as exposed_contract_count,
    cast(case
        when coalesce(sum(accounts.unknown_count), 0) = 0 then coalesce(sum(accounts.monthly_amount), 0)
    end as decimal(18, 2)) as exposed_mrr
from segments
left join accounts using (account_id, activity_date)
where segments.dimension != 'account'
group by segments.dimension, segments.segment, segments.activity_date
