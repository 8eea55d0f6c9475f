{{ config(materialized='ephemeral') }}

with

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

observations as (select * from {{ ref('int_churn_observations_started') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

grouped as (
    {% for dimension in ['all', 'plan', 'country', 'industry', 'size_band'] %}
        select
            '{{ dimension }}' as dimension,
            {{ "'all'" if dimension == 'all' else dimension }} as segment,
            first_paid_date,
            first_churn_date,
            first_completed_date
        from lifetimes
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

numbers as (
    select number
    from
        {{ number_series('1', "(
            select coalesce(max(" ~ months_completed('lifetimes.first_paid_date', 'parameters.as_of_date') ~ "), 0) + 1
            from lifetimes
            cross join parameters
        )") }}
),

-- At risk in a month: a customer at its beginning, watched from its beginning to its end and the grace.
-- Who began before anything was watched enters late; who began lately leaves early, whether churned or not, and so
-- does whose term ran out.
at_risk as (
    select
        grouped.dimension,
        grouped.segment,
        numbers.number as tenure_month,
        coalesce(
            grouped.first_churn_date <= {{ months_later('grouped.first_paid_date', 'numbers.number') }}, false
        ) as has_churned
    from grouped
    cross join observations
    cross join parameters
    inner join numbers
        on
            {{ months_later('grouped.first_paid_date', '(numbers.number - 1)') }} >= observations.observed_from
            and {{ months_later('grouped.first_paid_date', 'numbers.number') }}
            <= parameters.as_of_date - {{ var('churn_grace_days') }}
            and coalesce(
                grouped.first_churn_date > {{ months_later('grouped.first_paid_date', '(numbers.number - 1)') }}, true
            )
            and coalesce(
                grouped.first_completed_date >= {{ months_later('grouped.first_paid_date', 'numbers.number') }}, true
            )
)

select
    dimension,
    segment,
    cast(tenure_month as integer) as tenure_month,
    count(*) as at_risk_count,
    count(*) filter (where has_churned) as churned_count
from at_risk
group by dimension, segment, tenure_month
