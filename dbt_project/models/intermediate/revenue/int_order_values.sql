{{ config(materialized='ephemeral') }}

with

histories as (select * from {{ ref('int_order_histories') }}),

expected as (select * from {{ ref('int_expected_orders_drawn') }}),

parameters as (select * from {{ ref('stg_run__lifetime_value_parameters') }}),

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

-- The mean of few orders is drawn to that of all customers. All count as if they came in the middle of the time ahead.
valued as (
    select
        expected.*,
        expected.expected_orders
        * sizes.p * (sizes.gamma + histories.repeat_count * coalesce(histories.mean_repeat_value, 0))
        / (sizes.p * histories.repeat_count + sizes.q - 1)
        * power(1 + {{ var('value_discount_rate') }}, -expected.weeks_ahead * 7 / 730.5) as amount
    from expected
    inner join histories using (account_id)
    inner join sizes using (draw)
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
