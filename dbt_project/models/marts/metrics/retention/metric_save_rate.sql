with

measurements as (select * from {{ ref('int_segment_saves_monthly') }})

select
    month_end as metric_date,
    dimension,
    segment,
    saved_count as numerator,
    decided_count as denominator,
    decided_count as sample_size,
    matures_on
from measurements
