with

samples as (select * from {{ ref('int_performance_deduplicated') }}),

thresholds as (select * from {{ ref('latency_thresholds') }})

-- metrics.md 2.7: satisfied up to T, tolerating up to four times T; a failed request frustrates.
select
    samples.account_id,
    {{ local_day('samples.measured_at') }} as activity_date,
    samples.measurement,
    count(*) as sample_count,
    cast(sum(cast(1 / samples.sample_rate as decimal(18, 6))) as double) as request_count,
    cast(
        coalesce(
            sum(cast(1 / samples.sample_rate as decimal(18, 6))) filter (
                where samples.value_seconds <= thresholds.satisfied_seconds and coalesce(samples.is_success, true)
            ), 0
        ) as double
    ) as satisfied_count,
    cast(
        coalesce(
            sum(cast(1 / samples.sample_rate as decimal(18, 6))) filter (
                where samples.value_seconds > 4 * thresholds.satisfied_seconds or not coalesce(samples.is_success, true)
            ), 0
        ) as double
    ) as frustrated_count,
    cast(sum(cast(samples.value_seconds as decimal(18, 6))) as double) as total_seconds
from samples
inner join thresholds using (measurement)
where samples.account_id is not null
group by
    samples.account_id,
    {{ local_day('samples.measured_at') }},
    samples.measurement
