with

measurements as (select * from {{ ref('int_segment_payments_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    recovered_invoice_count_90d as numerator,
    failed_invoice_count_90d as denominator,
    failed_invoice_count_90d as sample_size
from measurements
