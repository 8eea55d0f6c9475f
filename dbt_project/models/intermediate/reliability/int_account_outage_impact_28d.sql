with

reliability as (select * from {{ ref('fct_reliability_28d') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

source_coverage as (
    select * from {{ ref('dim_source_coverage') }}
    where is_covered
),

today as (
    select reliability.*
    from reliability
    inner join parameters on reliability.activity_date = parameters.as_of_date
),

-- With fewer than 20 sessions or samples a share says more about chance.
exposures as (
    select
        account_id,
        activity_date,
        'product_error_logs' as source,
        'session errors' as exposure,
        error_session_count / cast(session_count as double) as exposure_value
    from today
    where session_count >= 20
    union all
    select
        account_id,
        activity_date,
        'product_performance_logs',
        'slow or failed requests',
        frustrated_count / nullif(request_count, 0)
    from today
    where sample_count >= 20
    union all
    select
        account_id,
        activity_date,
        'status_incidents',
        'felt downtime',
        felt_downtime_minutes
    from today
)

select
    exposures.account_id,
    exposures.exposure,
    exposures.activity_date as window_end_date,
    exposures.exposure_value
from exposures
inner join source_coverage using (source)
where exposures.exposure_value is not null
