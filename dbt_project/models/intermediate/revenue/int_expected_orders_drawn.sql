{{ config(materialized='ephemeral') }}

with

histories as (select * from {{ ref('int_order_histories') }}),

fits as (
    select * from {{ ref('stg_run__lifetime_value_parameters') }}
    where method = 'mbg_nbd' and status = 'ok'
),

-- As far ahead as orders were watched, and no farther than the horizon.
drawn as (
    select
        histories.account_id,
        histories.repeat_count,
        histories.last_order_weeks,
        histories.watched_weeks,
        fits.draw,
        fits.r,
        fits.alpha,
        fits.a,
        fits.b,
        least(fits.observed_periods, {{ var('value_horizon_months') }} * 365.25 / 84) as weeks_ahead
    from histories
    cross join fits
),

placed as (
    select
        *,
        weeks_ahead / (alpha + watched_weeks + weeks_ahead) as share,
        1 / (1 + a / (b + repeat_count) * exp(
            (r + repeat_count) * (ln(alpha + watched_weeks) - ln(alpha + last_order_weeks))
        )) as chance_of_being_there
    from drawn
)

-- Batislam and others 2007, with Euler's transformation of the series, whose terms then stay small.
select
    account_id,
    draw,
    weeks_ahead,
    chance_of_being_there,
    (a + b + repeat_count) / (a - 1) * chance_of_being_there * (
        1 - power(1 - share, a - 1)
        * {{ gauss_hypergeometric('(a + b - r)', '(a - 1)', '(a + b + repeat_count)', 'share') }}
    ) as expected_orders
from placed
