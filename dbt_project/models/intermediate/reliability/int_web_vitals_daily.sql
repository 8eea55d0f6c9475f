with

latency as (select * from {{ ref('fct_latency_daily') }}),

thresholds as (select * from {{ ref('web_vital_thresholds') }})

-- Judged at the 75th percentile of 28 days, each class of device for itself.
select
    latency.activity_date,
    latency.measurement,
    case when latency.dimension = 'all' then 'all' else latency.segment end as device_type,
    case
        when latency.sample_count < 20 then 'too few'
        when latency.p75_seconds <= thresholds.good_seconds then 'good'
        when latency.p75_seconds > thresholds.poor_seconds then 'poor'
        else 'needs improvement'
    end as rating,
    latency.sample_count,
    latency.p75_seconds,
    thresholds.good_seconds,
    thresholds.poor_seconds
from latency
inner join thresholds using (measurement)
where latency.dimension in ('all', 'device_type')
