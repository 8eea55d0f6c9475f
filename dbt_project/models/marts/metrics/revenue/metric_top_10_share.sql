with

measurements as (select * from {{ ref('int_segment_mrr_concentration') }})

-- No ratio of sums: the ten largest of the whole are not those of its segments.
select
    month_end as metric_date,
    dimension,
    segment,
    top_10_mrr as numerator,
    mrr as denominator,
    paying_account_count as sample_size,
    cast(top_10_mrr as double) / nullif(cast(mrr as double), 0) as metric_value,
    cast(null as double) as interval_low,
    cast(null as double) as interval_high
from measurements
