with

measurements as (select * from {{ ref('int_segment_payments_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    overdue_days as numerator,
    overdue_account_count as denominator,
    overdue_account_count as sample_size
from measurements
