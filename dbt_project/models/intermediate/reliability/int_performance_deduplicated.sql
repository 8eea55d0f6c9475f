{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

samples as (select * from {{ with_known_names('stg_product__performance_logs') }}),

delivered as (
    select
        sample_id,
        account_id,
        sender_session_id,
        route,
        measurement,
        device_type,
        value_seconds,
        sample_rate,
        is_success,
        {{ local_day('measured_at') }} as activity_date,
        measured_at,
        landed_file,
        landed_line
    from samples
    where
        rejection_reason is null
        and {{ happened_by_as_of('measured_at') }}
        and {{ in_rebuild_window(local_day('measured_at')) }}
),

repeated as (
    select sample_id
    from delivered
    group by sample_id
    having count(*) > 1
),

-- Only what was delivered more than once is sorted; sorting everything costs far more.
latest as (
    select delivered.*
    from delivered
    inner join repeated using (sample_id)
    qualify {{ is_latest(['sample_id'], []) }}
)

{% set kept_columns = [
    "sample_id", "account_id", "sender_session_id", "route", "measurement", "device_type", "value_seconds", "sample_rate",
    "is_success", "activity_date", "measured_at"
] -%}

select {{ kept_columns | join(', ') }}
from latest
union all
select delivered.{{ kept_columns | join(', delivered.') }}
from delivered
left join repeated using (sample_id)
where repeated.sample_id is null
