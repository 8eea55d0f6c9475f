with

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

renewals as (select * from {{ ref('int_contract_renewals_matched') }}),

contract_values as (select * from {{ ref('int_contract_values_compared') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

due as (
    select
        terms.*,
        terms.scheduled_end + {{ var('churn_grace_days') }} as matures_on,
        terms.scheduled_end + {{ var('churn_grace_days') }} <= parameters.as_of_date as is_mature
    from terms
    cross join parameters
    where terms.scheduled_end <= parameters.as_of_date
),

matched as (
    select
        subscription_id,
        term_number,
        min(renewed_on) as renewed_on,
        bool_or(is_on_time) as is_on_time
    from renewals
    group by subscription_id, term_number
)

-- Early and late renewals alike stand at the scheduled end, which nothing that happens can move.
select
    due.subscription_id,
    due.term_number,
    due.account_id,
    due.term_months,
    due.term_start,
    due.scheduled_end,
    least(due.scheduled_end, due.end_date) - 1 as grouped_on,
    matched.renewed_on,
    cast(contract_values.expiring_mrr as decimal(18, 2)) as expiring_mrr,
    cast(case
        when not due.is_mature then null
        when matched.renewed_on is null then 0
        else contract_values.renewed_mrr
    end as decimal(18, 2)) as renewed_mrr,
    case when due.is_mature then matched.renewed_on is not null end as is_renewed,
    case when due.is_mature then coalesce(matched.is_on_time, false) end as is_on_time,
    due.matures_on
from due
inner join lifetimes using (account_id)
inner join contract_values using (subscription_id, term_number)
left join matched using (subscription_id, term_number)
