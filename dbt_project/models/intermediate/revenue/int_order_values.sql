{{ config(materialized='ephemeral') }}

with

histories as (select * from {{ ref('int_order_histories') }}),

parameters as (select * from {{ ref('stg_run__lifetime_value_parameters') }}),

frequencies as (select * from parameters where method = 'mbg_nbd' and status = 'ok'),

sizes as (select * from parameters where method = 'gamma_gamma' and status = 'ok'),

-- Of the two models the first that could not be fitted says why.
fits as (
    select
        min_by(status, method) filter (where status != 'ok') as status,
        min_by(reason, method) filter (where status != 'ok') as reason,
        count(*) as fit_count
    from parameters
    where method in ('mbg_nbd', 'gamma_gamma') and draw = 0
),

-- As far ahead as orders were watched, and no farther than the horizon.
drawn as (
    select
        histories.*,
        frequencies.draw,
        frequencies.r,
        frequencies.alpha,
        frequencies.a,
        frequencies.b,
        least(frequencies.observed_periods, {{ var('value_horizon_months') }} * 365.25 / 84) as weeks_ahead,
        sizes.p * (sizes.gamma + histories.repeat_count * coalesce(histories.mean_repeat_value, 0))
        / (sizes.p * histories.repeat_count + sizes.q - 1) as expected_size
    from histories
    cross join frequencies
    inner join sizes using (draw)
),

placed as (
    select
        *,
        weeks_ahead / (alpha + watched_weeks + weeks_ahead) as share,
        1 / (1 + a / (b + repeat_count) * exp(
            (r + repeat_count) * (ln(alpha + watched_weeks) - ln(alpha + last_order_weeks))
        )) as chance_of_being_there
    from drawn
),

ahead as (
    select
        *,
        (a + b + repeat_count) / (a - 1) * chance_of_being_there * (
            1 - power(1 - share, a - 1)
            * {{ gauss_hypergeometric('(a + b - r)', '(a - 1)', '(a + b + repeat_count)', 'share') }}
        ) as expected_orders
    from placed
),

-- Counted as if all of them came in the middle of the time ahead.
valued as (
    select
        *,
        expected_orders * expected_size * power(1 + {{ var('value_discount_rate') }}, -weeks_ahead * 7 / 730.5) as amount
    from ahead
),

summed as (
    select
        account_id,
        max(case when draw = 0 then weeks_ahead * 84 / 365.25 end) as months_ahead,
        max(case when draw = 0 then chance_of_being_there end) as chance_of_being_there,
        max(case when draw = 0 then amount end) as expected_amount,
        {{ percentile('case when draw > 0 then amount end', 0.025) }} as amount_low,
        {{ percentile('case when draw > 0 then amount end', 0.975) }} as amount_high
    from valued
    group by account_id
)

select
    histories.account_id,
    histories.repeat_count,
    histories.is_margin,
    fits.reason as fit_reason,
    case
        when fits.fit_count = 0 then 'not_fitted'
        when fits.status is not null then fits.status
        when not histories.is_value_known then 'price_not_known'
        else 'ok'
    end as status,
    summed.months_ahead,
    summed.chance_of_being_there,
    summed.expected_amount,
    summed.amount_low,
    summed.amount_high
from histories
cross join fits
left join summed using (account_id)
