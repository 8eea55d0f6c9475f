with

measurements as (select * from {{ ref('int_segment_renewals_quarterly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    renewed_count as numerator,
    due_count as denominator,
    due_count as sample_size,
    matures_on
from measurements
