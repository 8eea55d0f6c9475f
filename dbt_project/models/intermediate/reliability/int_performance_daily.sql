with

samples as (
    select * from {{ ref('int_samples_summed_to_days') }}
    where {{ in_rebuild_window('activity_date') }}
)

select
    account_id,
    activity_date,
    measurement,
    platform,
    cast(sum(sample_count) as bigint) as sample_count,
    cast(sum(request_count) as double) as request_count,
    cast(sum(satisfied_count) as double) as satisfied_count,
    cast(sum(frustrated_count) as double) as frustrated_count,
    cast(sum(slow_count) as double) as slow_count,
    cast(sum(outcome_sample_count) as bigint) as outcome_sample_count,
    cast(sum(outcome_count) as double) as outcome_count,
    cast(sum(failed_count) as double) as failed_count,
    cast(sum(total_seconds) as double) as total_seconds
from samples
group by account_id, activity_date, measurement, platform
