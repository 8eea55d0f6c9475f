{%- set margin = var('value_margin') if var('value_margin') is not none else 1 -%}

with

contracts as (select * from {{ ref('int_contract_values') }}),

orders as (select * from {{ ref('int_order_values') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

valued as (
    select
        account_id,
        'contractual' as method,
        segment,
        fitted_segment,
        status,
        fit_reason,
        {{ 'true' if var('value_margin') is not none else 'false' }} as is_margin,
        term_months,
        renewed_count,
        mrr,
        months_ahead,
        expected_months,
        cast(null as double) as chance_of_being_there,
        mrr * ({{ margin }} * expected_months) as expected_value,
        mrr * ({{ margin }} * expected_months_low) as value_low,
        mrr * ({{ margin }} * expected_months_high) as value_high
    from contracts
    union all
    -- The margin of an order, where orders tell it, is no part of its price any more.
    select
        account_id,
        'non_contractual' as method,
        cast(null as string) as segment,
        'all' as fitted_segment,
        status,
        fit_reason,
        is_margin or {{ 'true' if var('value_margin') is not none else 'false' }} as is_margin,
        cast(null as integer) as term_months,
        repeat_count as renewed_count,
        cast(null as decimal(18, 2)) as mrr,
        months_ahead,
        cast(null as double) as expected_months,
        chance_of_being_there,
        expected_amount * case when is_margin then 1 else {{ margin }} end as expected_value,
        amount_low * case when is_margin then 1 else {{ margin }} end as value_low,
        amount_high * case when is_margin then 1 else {{ margin }} end as value_high
    from orders
)

select
    valued.account_id,
    parameters.as_of_date as valued_on,
    valued.method,
    valued.segment,
    valued.fitted_segment,
    valued.status,
    case valued.status
        when 'ok' then null
        when 'asked_to_cancel' then 'asked to cancel: what is left is the running term'
        when 'does_not_renew' then 'ends as agreed and cannot renew'
        when 'several_terms' then 'subscriptions of several terms run beside each other'
        when 'price_not_known' then 'a price or an exchange rate is not known'
        when 'not_fitted' then 'nothing had been fitted by this day'
        when 'older_than_observed' then 'has renewed more often than enough customers were watched to'
        else coalesce(valued.fit_reason, 'no renewal of such a term was watched')
    end as reason,
    case when valued.is_margin then 'margin' else 'revenue' end as value_basis,
    cast(valued.term_months as integer) as term_months,
    cast(valued.renewed_count as bigint) as renewed_count,
    valued.mrr,
    cast(case when valued.status = 'ok' then valued.months_ahead end as double) as months_ahead,
    case when valued.status = 'ok' then valued.expected_months end as expected_months,
    case when valued.status = 'ok' then valued.chance_of_being_there end as chance_of_being_there,
    cast(case when valued.status = 'ok' then valued.expected_value end as decimal(18, 2)) as expected_value,
    cast(case when valued.status = 'ok' then valued.value_low end as decimal(18, 2)) as value_low,
    cast(case when valued.status = 'ok' then valued.value_high end as decimal(18, 2)) as value_high
from valued
cross join parameters
