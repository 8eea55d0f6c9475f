{{ config(materialized='ephemeral') }}

with

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

days as (select * from {{ ref('int_days_spined') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

ends as (
    select min(subscriptions.end_date) as first_end_date
    from subscriptions
    inner join parameters on subscriptions.end_date <= parameters.as_of_date
),

covered as (select min(date_day) as first_day from days)

-- An export that forgets what ended shows survivors only. Whoever left before the first end that it knows,
-- or before the first measured day, cannot be told from somebody who never was a customer.
select
    ends.first_end_date,
    covered.first_day,
    least(coalesce(ends.first_end_date, covered.first_day), covered.first_day) as observed_from
from ends
cross join covered
