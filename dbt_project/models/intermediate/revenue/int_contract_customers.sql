{{ config(materialized='ephemeral') }}

with

runs as (select * from {{ ref('int_contract_runs') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

running as (
    select
        runs.*,
        parameters.as_of_date,
        cast(floor({{ months_completed('runs.run_start', 'parameters.as_of_date') }} / runs.term_months) as integer)
            as renewed_count
    from runs
    inner join parameters
        on
            runs.began_on <= parameters.as_of_date
            and runs.spell_end > parameters.as_of_date
)

select
    running.account_id,
    lifetimes.{{ var('value_segments') }} as segment,
    running.term_months,
    running.renewed_count,
    {{ days_between(
        'running.as_of_date',
        months_later('running.run_start', '(running.renewed_count + 1) * running.term_months')
    ) }} as days_to_renewal,
    running.renews,
    running.is_mixed,
    subscription_days.is_cancelling,
    subscription_days.mrr
from running
inner join lifetimes using (account_id)
left join subscription_days
    on
        running.account_id = subscription_days.account_id
        and running.as_of_date = subscription_days.activity_date
