with

measurements as (select * from {{ ref('int_segment_renewals_quarterly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    renewed_mrr - renewing_mrr as numerator,
    renewing_mrr as denominator,
    renewed_count as sample_size,
    matures_on
from measurements
