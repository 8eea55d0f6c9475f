{{ config(materialized='ephemeral') }}

with

days as (select * from {{ ref('int_days_spined') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

months as (
    select
        cast(date_trunc('month', date_day) as date) as month_start,
        max(date_day) as last_day
    from days
    group by cast(date_trunc('month', date_day) as date)
),

covered as (select min(date_day) as first_covered_day from days),

dated as (
    select
        month_start,
        {{ months_later('month_start', 1) }} - 1 as month_end,
        month_start - 1 as opening_date,
        last_day
    from months
)

-- A month opens with the evening before, so that one month's closing is the next one's opening.
select
    dated.month_start,
    dated.month_end,
    dated.opening_date,
    dated.month_end + {{ var('churn_grace_days') }} as matures_on,
    dated.month_end + {{ var('churn_grace_days') }} <= parameters.as_of_date as is_mature
from dated
cross join covered
cross join parameters
where
    dated.month_end = dated.last_day
    and dated.opening_date >= covered.first_covered_day
