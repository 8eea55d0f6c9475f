with

measurements as (select * from {{ ref('int_segment_sentiment_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    mrr_weighted_nps * cast(speaking_mrr as double) as numerator,
    speaking_mrr as denominator,
    mrr_weighted_nps as metric_value,
    greatest(mrr_weighted_nps - mrr_weighted_nps_margin, -100) as interval_low,
    least(mrr_weighted_nps + mrr_weighted_nps_margin, 100) as interval_high,
    speaking_account_count as sample_size
from measurements
