{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

-- Before the first source of them there is nothing to sum.
heard as (
    select min(first_date) as first_date
    from {{ ref('dim_source_coverage') }}
    where source in ('product_error_logs', 'product_performance_logs', 'status_incidents')
),

account_days as (
    select * from {{ ref('int_account_days_spined') }}
    where
        activity_date >= (select heard.first_date - 27 from heard)
        and {{ in_rebuild_window('activity_date', look_back=27) }}
),

session_errors as (
    select
        account_id,
        activity_date,
        sum(session_count) as session_count,
        sum(error_session_count) as error_session_count
    from {{ ref('int_session_errors_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
    group by account_id, activity_date
),

requests as (
    select * from {{ ref('int_account_requests_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

downtime as (
    select * from {{ ref('int_account_downtime_daily') }}
    where {{ in_rebuild_window('activity_date', look_back=27) }}
),

source_coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where source = 'status_incidents'
),

summed as (
    select
        account_days.account_id,
        account_days.activity_date,
        sum(coalesce(session_errors.session_count, 0)) over last_28_days as session_count,
        sum(coalesce(session_errors.error_session_count, 0)) over last_28_days as error_session_count,
        sum(coalesce(requests.sample_count, 0)) over last_28_days as sample_count,
        sum(coalesce(requests.request_count, 0)) over last_28_days as request_count,
        sum(coalesce(requests.frustrated_count, 0)) over last_28_days as frustrated_count,
        sum(coalesce(requests.slow_count, 0)) over last_28_days as slow_count,
        sum(cast(coalesce(downtime.downtime_seconds, 0) as decimal(18, 6))) over last_28_days as downtime_seconds,
        sum(cast(coalesce(downtime.felt_downtime_seconds, 0) as decimal(18, 6))) over last_28_days
            as felt_downtime_seconds,
        sum(cast(coalesce(downtime.business_hours_downtime_seconds, 0) as decimal(18, 6))) over last_28_days
            as business_hours_downtime_seconds,
        min(case when downtime.is_mapped then 1 when not downtime.is_mapped then 0 end) over last_28_days as mapped_part
    from account_days
    left join session_errors using (account_id, activity_date)
    left join requests using (account_id, activity_date)
    left join downtime using (account_id, activity_date)
    window last_28_days as (
        partition by account_days.account_id
        order by account_days.activity_date
        range between interval 27 days preceding and current row
    )
)

select
    summed.account_id,
    summed.activity_date,
    cast(summed.session_count as bigint) as session_count,
    cast(summed.error_session_count as bigint) as error_session_count,
    cast(summed.sample_count as bigint) as sample_count,
    cast(summed.request_count as double) as request_count,
    cast(summed.frustrated_count as double) as frustrated_count,
    cast(summed.slow_count as double) as slow_count,
    {%- for kind in ['downtime', 'felt_downtime', 'business_hours_downtime'] %}
        case
            when source_coverage.first_date <= summed.activity_date
                then cast(summed.{{ kind }}_seconds / 60 as double)
        end as {{ kind }}_minutes,
    {%- endfor %}
    -- Where nothing was down, no assumption about components went into the zero.
    coalesce(summed.mapped_part, 1) = 1 as is_downtime_mapped
from summed
cross join source_coverage
where
    summed.activity_date >= (select heard.first_date from heard)
    and {{ in_rebuild_window('summed.activity_date') }}
