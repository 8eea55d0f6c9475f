{{ config(materialized='ephemeral') }}

with

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

-- Everybody had the same number of days in which to leave: a customer counts in the month in which they are over.
finished as (
    select
        lifetimes.account_id,
        lifetimes.first_paid_date,
        lifetimes.early_from,
        lifetimes.first_churn_date,
        months.month_end,
        months.matures_on,
        months.is_mature
    from lifetimes
    inner join months
        on
            lifetimes.early_from + {{ var('early_churn_days') }} > months.opening_date
            and lifetimes.early_from + {{ var('early_churn_days') }} <= months.month_end
    where lifetimes.is_observed_from_start
)

select
    segments.dimension,
    segments.segment,
    finished.month_end,
    count(*) as customer_count,
    case
        when bool_and(finished.is_mature)
            then count(*) filter (
                where finished.first_churn_date < finished.early_from + {{ var('early_churn_days') }}
            )
    end as early_churn_count,
    finished.matures_on
from finished
inner join segments
    on
        finished.account_id = segments.account_id
        and finished.first_paid_date = segments.activity_date
where segments.dimension != 'account'
group by segments.dimension, segments.segment, finished.month_end, finished.matures_on
