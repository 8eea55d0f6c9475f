with

slowness as (select * from {{ ref('int_slowness_and_churn') }})

select
    quartile,
    stratum_count,
    account_month_count,
    left_count,
    churn_rate,
    churn_rate_low,
    churn_rate_high,
    stratified_risk_ratio,
    lowest_share,
    highest_share
from slowness
