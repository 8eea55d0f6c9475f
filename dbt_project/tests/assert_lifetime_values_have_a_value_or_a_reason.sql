{{ config(meta={'dagster': {'ref': {'name': 'fct_account_lifetime_value'}}}) }}

-- Either there is a value within its interval, or a reason why there is none.
select
    account_id,
    status,
    reason,
    expected_value
from {{ ref('fct_account_lifetime_value') }}
where
    (status = 'ok') != (expected_value is not null)
    or (status = 'ok') != (reason is null)
    or value_low > value_high
    or expected_value < 0
