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
            first_churn_date
        from lifetimes
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

numbers as (
    {{ number_series('1', "(select coalesce(max(" ~ months_completed('lifetimes.first_paid_date', 'parameters.as_of_date') ~ "), 0) + 1 from lifetimes cross join parameters)") }}
),

-- At risk in a month: a customer at its beginning, watched from its beginning to its end and the grace.
-- Who began before anything was watched enters late; who began lately leaves early, whether churned or not.
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
),

hazards as (
    select
        dimension,
        segment,
        tenure_month,
        count(*) as at_risk_count,
        count(*) filter (where has_churned) as churned_count
    from at_risk
    group by dimension, segment, tenure_month
),

-- A month that nobody reached under observation breaks the product: the curve ends before it.
linked as (
    select
        *,
        tenure_month = row_number() over so_far as is_connected,
        min(at_risk_count) over so_far as fewest_at_risk_count,
        sum(cast(
            ln(cast(nullif(at_risk_count - churned_count, 0) as double) / at_risk_count) as decimal(20, 12)
        )) over so_far as log_survival,
        max(case when at_risk_count = churned_count then 1 else 0 end) over so_far = 1 as is_extinct,
        sum(cast(
            cast(churned_count as double) / nullif(at_risk_count * (at_risk_count - churned_count), 0)
            as decimal(20, 12)
        )) over so_far as greenwood_sum
    from hazards
    window so_far as (
        partition by dimension, segment
        order by tenure_month
        rows between unbounded preceding and current row
    )
)

select
    dimension,
    segment,
    cast(tenure_month as integer) as tenure_month,
    at_risk_count,
    churned_count,
    fewest_at_risk_count,
    cast(churned_count as double) / at_risk_count as hazard_rate,
    case when is_extinct then 0.0 else exp(cast(log_survival as double)) end as survival_rate,
    -- Greenwood's variance on the scale of log(-log), so that the interval stays between 0 and 1.
    {%- for end, sign in [('low', ''), ('high', '-')] %}
        case
            when not is_extinct and log_survival < 0
                then power(
                    exp(cast(log_survival as double)),
                    exp({{ sign }}1.959964 * sqrt(cast(greenwood_sum as double)) / -cast(log_survival as double))
                )
        end as interval_{{ end }}{{ ',' if not loop.last }}
    {%- endfor %}
from linked
where is_connected
