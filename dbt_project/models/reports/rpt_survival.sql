with

survival as (select * from {{ ref('fct_survival') }})

select
    dimension,
    segment,
    tenure_month,
    at_risk_count,
    churned_count,
    fewest_at_risk_count,
    hazard_rate,
    survival_rate,
    interval_low,
    interval_high
from survival
