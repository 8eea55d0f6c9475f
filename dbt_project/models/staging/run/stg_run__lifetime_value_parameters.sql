{{ config(materialized='ephemeral') }}

select
    fitted_on,
    method,
    dimension,
    segment,
    term_months,
    draw,
    alpha,
    beta,
    r,
    a,
    b,
    p,
    q,
    gamma,
    status,
    reason,
    customer_count,
    event_count,
    observed_periods
from {{ source('run', 'lifetime_value_parameters') }}
-- A past day is valued by what had been fitted by then.
where
    fitted_on = (
        select max(book.fitted_on)
        from {{ source('run', 'lifetime_value_parameters') }} as book
        inner join {{ source('run', 'run_parameters') }} as parameters on book.fitted_on <= parameters.as_of_date
    )
-- Left behind in raw: log_likelihood, seed, data_hash and code_version, which say where a fit came from.
