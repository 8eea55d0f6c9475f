{{ config(materialized='ephemeral') }}

with

customers as (select * from {{ ref('int_contract_customers') }}),

fits as (
    select * from {{ ref('stg_run__lifetime_value_parameters') }}
    where method = 'shifted_beta_geometric' and draw = 0
),

residuals as (select * from {{ ref('int_residual_renewals') }}),

known as (select count(*) as fit_count from {{ ref('stg_run__lifetime_value_parameters') }}),

-- By the customers of the same kind where there are enough of them, else by all.
fitted as (
    select
        customers.*,
        case when own.status = 'ok' then own.dimension else whole.dimension end as fitted_dimension,
        case when own.status = 'ok' then own.segment else whole.segment end as fitted_segment,
        whole.status as fit_status,
        whole.reason as fit_reason,
        power(1 + {{ var('value_discount_rate') }}, -customers.days_to_renewal / 365.25) as discount
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
    residuals.periods * fitted.term_months * fitted.discount as expected_months,
    residuals.periods_low * fitted.term_months * fitted.discount as expected_months_low,
    residuals.periods_high * fitted.term_months * fitted.discount as expected_months_high
from fitted
cross join known
left join residuals
    on
        fitted.fitted_dimension = residuals.dimension
        and fitted.fitted_segment = residuals.segment
        and fitted.term_months = residuals.term_months
        and fitted.renewed_count = residuals.renewed_count
