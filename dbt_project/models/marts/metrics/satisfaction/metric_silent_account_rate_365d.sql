with

measurements as (select * from {{ ref('int_segment_sentiment_daily') }})

select
    activity_date as metric_date,
    dimension,
    segment,
    silent_account_count as numerator,
    asked_twice_account_count as denominator,
    asked_twice_account_count as sample_size
from measurements
