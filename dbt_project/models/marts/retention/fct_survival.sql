with

hazards as (select * from {{ ref('int_survival_hazards') }}),

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
),

-- Greenwood's variance on the scale of log(-log), so that the interval stays between 0 and 1.
multiplied as (
    select
        *,
        case when is_extinct then 0.0 else exp(cast(log_survival as double)) end as survival_rate,
        case
            when not is_extinct and log_survival < 0
                then 1.959964 * sqrt(cast(greenwood_sum as double)) / -cast(log_survival as double)
        end as log_log_deviation
    from linked
    where is_connected
)

select
    dimension,
    segment,
    tenure_month,
    at_risk_count,
    churned_count,
    fewest_at_risk_count,
    cast(churned_count as double) / at_risk_count as hazard_rate,
    survival_rate,
    -- Nine digits, so that the last bit of a power does not depend on the machine.
    cast(cast(power(survival_rate, exp(log_log_deviation)) as decimal(12, 9)) as double) as interval_low,
    cast(cast(power(survival_rate, exp(-log_log_deviation)) as decimal(12, 9)) as double) as interval_high
from multiplied
