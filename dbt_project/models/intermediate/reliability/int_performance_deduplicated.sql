{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

samples as (select * from {{ with_known_names('stg_product__performance_logs') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

delivered as (
    select
        samples.sample_id,
        {{ found_account('samples') }} as account_id,
        samples.sender_session_id,
        samples.route,
        samples.measurement,
        samples.device_type,
        samples.value_seconds,
        samples.sample_rate,
        samples.is_success,
        {{ local_day('samples.measured_at') }} as activity_date,
        samples.measured_at,
        samples.landed_file,
        samples.landed_line
    from samples
    {{ joined_to_memberships('samples', 'user_id', 'measured_at') }}
    where
        samples.rejection_reason is null
        and {{ happened_by_as_of('samples.measured_at') }}
        and {{ happened_in_rebuild_window('samples.measured_at') }}
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
