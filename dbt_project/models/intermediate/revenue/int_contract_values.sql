{{ config(materialized='ephemeral') }}

with

runs as (select * from {{ ref('int_contract_runs') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

fits as (
    select * from {{ ref('stg_run__lifetime_value_parameters') }}
    where method = 'shifted_beta_geometric' and draw = 0
),

residuals as (select * from {{ ref('int_residual_renewals') }}),

known as (select count(*) as fit_count from {{ ref('stg_run__lifetime_value_parameters') }}),

customers as (
    select
        runs.*,
        parameters.as_of_date,
        lifetimes.{{ var('value_segments') }} as segment,
        subscription_days.mrr,
        subscription_days.is_cancelling,
        cast(floor({{ months_completed('runs.run_start', 'parameters.as_of_date') }} / runs.term_months) as integer)
            as renewed_count
    from runs
    inner join parameters
        on
            runs.began_on <= parameters.as_of_date
            and runs.spell_end > parameters.as_of_date
    inner join lifetimes using (account_id)
    left join subscription_days
        on
            runs.account_id = subscription_days.account_id
            and parameters.as_of_date = subscription_days.activity_date
),

-- By the customers of the same kind where there are enough of them, else by all.
fitted as (
    select
        customers.*,
        case when own.status = 'ok' then own.dimension else whole.dimension end as fitted_dimension,
        case when own.status = 'ok' then own.segment else whole.segment end as fitted_segment,
        whole.status as fit_status,
        whole.reason as fit_reason,
        {{ months_later('customers.run_start', '(customers.renewed_count + 1) * customers.term_months') }}
            as next_renewal_date
    from customers
    left join fits as own
        on
            own.dimension = '{{ var("value_segments") }}'
            and customers.segment = own.segment
            and customers.term_months = own.term_months
    left join fits as whole
        on
            whole.dimension = 'all'
            and customers.term_months = whole.term_months
)

-- What runs now is paid for; a value begins with the next renewal.
select
    fitted.account_id,
    fitted.segment,
    fitted.fitted_segment,
    fitted.fit_reason,
    fitted.term_months,
    fitted.renewed_count,
    fitted.mrr,
    residuals.periods_ahead * fitted.term_months as months_ahead,
    case
        when fitted.is_cancelling then 'asked_to_cancel'
        when not fitted.renews then 'does_not_renew'
        when fitted.is_mixed then 'several_terms'
        when fitted.mrr is null then 'price_not_known'
        when known.fit_count = 0 then 'not_fitted'
        when residuals.periods is not null then 'ok'
        when fitted.fit_status is null then 'too_few_renewals'
        when fitted.fit_status != 'ok' then fitted.fit_status
        else 'older_than_observed'
    end as status,
    {%- for bound in ['', '_low', '_high'] %}
        residuals.periods{{ bound }} * fitted.term_months * power(
            1 + {{ var('value_discount_rate') }},
            -{{ days_between('fitted.as_of_date', 'fitted.next_renewal_date') }} / 365.25
        ) as expected_months{{ bound }}{{ ',' if not loop.last }}
    {%- endfor %}
from fitted
cross join known
left join residuals
    on
        fitted.fitted_dimension = residuals.dimension
        and fitted.fitted_segment = residuals.segment
        and fitted.term_months = residuals.term_months
        and fitted.renewed_count = residuals.renewed_count
