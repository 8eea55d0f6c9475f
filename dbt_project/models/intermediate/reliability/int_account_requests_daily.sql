with

performance as (select * from {{ ref('int_performance_daily') }}),

thresholds as (
    select * from {{ ref('latency_thresholds') }}
    where route = 'any' and is_request
)

-- Page vitals are measurements of the same page load; only what was asked for once is a request.
select
    performance.account_id,
    performance.activity_date,
    sum(performance.sample_count) as sample_count,
    sum(cast(performance.request_count as decimal(18, 6))) as request_count,
    sum(cast(performance.frustrated_count as decimal(18, 6))) as frustrated_count,
    sum(cast(performance.slow_count as decimal(18, 6))) as slow_count
from performance
inner join thresholds using (measurement)
group by performance.account_id, performance.activity_date
