with

measurements as (select * from {{ ref('int_segment_churn_monthly') }}),

monthly as (
    select
        *,
        cast(churned_customer_count as double) / nullif(opening_customer_count, 0) as churn_rate
    from measurements
),

bounded as (
    select
        *,
        {{ wilson_bound('churn_rate', 'opening_customer_count', -1) }} as churn_rate_low,
        {{ wilson_bound('churn_rate', 'opening_customer_count', 1) }} as churn_rate_high
    from monthly
    where opening_customer_count > 0
)

select
    month_end as metric_date,
    dimension,
    segment,
    churned_customer_count as numerator,
    opening_customer_count as denominator,
    opening_customer_count as sample_size,
    {{ rate_over_periods('churn_rate', 12) }} as metric_value,
    {{ rate_over_periods('churn_rate_low', 12) }} as interval_low,
    {{ rate_over_periods('churn_rate_high', 12) }} as interval_high,
    matures_on
from bounded
