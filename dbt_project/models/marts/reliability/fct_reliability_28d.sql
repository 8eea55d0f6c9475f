{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}
{%- set told = "('product_error_logs', 'product_performance_logs', 'status_incidents')" %}

with

-- Before the first source of them there is nothing to sum. An outage is a component's: without the components of
-- incidents nobody knows what was down.
heard as (
    select
        min(case when source in {{ told }} then first_date end) as first_date,
        min(case when source = 'product_error_persons' then first_date end) as errors_from,
        min(case when source = 'product_performance_logs' then first_date end) as samples_from,
        case
            when count(case when source like 'status_%' then first_date end) = 2
                then max(case when source like 'status_%' then first_date end)
        end as outages_from
    from {{ ref('dim_source_coverage') }}
    where source in {{ told }} or source in ('product_error_persons', 'status_incident_components')
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
    {%- for counted, told_from, kind in [
        ('error_session', 'errors_from', 'bigint'), ('sample', 'samples_from', 'bigint'),
        ('request', 'samples_from', 'double'), ('frustrated', 'samples_from', 'double'), ('slow', 'samples_from', 'double')
    ] %}
        case when heard.{{ told_from }} <= summed.activity_date then cast(summed.{{ counted }}_count as {{ kind }}) end
            as {{ counted }}_count,
    {%- endfor %}
    {%- for kind in ['downtime', 'felt_downtime', 'business_hours_downtime'] %}
        case
            when heard.outages_from <= summed.activity_date
                then cast(summed.{{ kind }}_seconds as double) / 60
        end as {{ kind }}_minutes,
    {%- endfor %}
    -- Where nothing was down, no assumption about components went into the zero.
    coalesce(summed.mapped_part, 1) = 1 as is_downtime_mapped
from summed
cross join heard
where
    summed.activity_date >= heard.first_date
    and {{ in_rebuild_window('summed.activity_date') }}
