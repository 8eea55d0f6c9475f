with

requests as (select * from {{ ref('int_cancel_requests_collected') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

decided as (
    select
        requests.*,
        requests.takes_effect_on + {{ var('churn_grace_days') }} as matures_on
    from requests
    inner join lifetimes using (account_id)
)

-- A request is decided on the day on which it would have taken effect:
-- whoever is served beyond the grace after it was saved.
select
    decided.subscription_id,
    decided.requested_date,
    decided.account_id,
    decided.takes_effect_on,
    least(decided.requested_date, decided.end_date - 1) as grouped_on,
    case when decided.matures_on <= parameters.as_of_date then decided.end_date > decided.matures_on end as is_saved,
    decided.matures_on
from decided
cross join parameters
