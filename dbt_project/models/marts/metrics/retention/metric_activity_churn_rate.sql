with

measurements as (select * from {{ ref('int_segment_activity_churn_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    churned_user_count as numerator,
    opening_user_count as denominator,
    opening_user_count as sample_size
from measurements
