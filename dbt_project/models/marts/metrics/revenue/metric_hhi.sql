with

measurements as (select * from {{ ref('int_segment_mrr_concentration') }})

-- No ratio of sums: the index of the whole is not made of those of its segments.
select
    month_end as metric_date,
    dimension,
    segment,
    squared_mrr as numerator,
    cast(mrr as double) * cast(mrr as double) as denominator,
    paying_account_count as sample_size,
    cast(squared_mrr as double) / nullif(cast(mrr as double) * cast(mrr as double), 0) as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
