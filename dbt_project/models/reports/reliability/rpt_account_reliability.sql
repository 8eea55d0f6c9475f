with

reliability as (select * from {{ ref('fct_reliability_28d') }}),

customers as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension = 'plan'
),

accounts as (select * from {{ ref('dim_accounts') }}),

page_loads as (
    select * from {{ ref('int_account_latency_28d') }}
    where measurement = 'page_load'
),

source_coverage as (select * from {{ ref('dim_source_coverage') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

covered as (
    select
        bool_or(is_covered) filter (where source = 'product_error_persons') as has_errors,
        bool_or(is_covered) filter (where source = 'product_performance_logs') as has_latency
    from source_coverage
)

select
    reliability.account_id,
    accounts.account_name,
    customers.segment as plan,
    reliability.session_count,
    case when covered.has_errors then reliability.error_session_count end as error_session_count,
    case
        when
            covered.has_errors
            then reliability.error_session_count / nullif(cast(reliability.session_count as double), 0)
    end
        as session_error_rate,
    case when covered.has_latency then reliability.sample_count end as request_sample_count,
    reliability.slow_count / nullif(reliability.request_count, 0) as slow_request_share,
    reliability.frustrated_count / nullif(reliability.request_count, 0) as slow_or_failed_request_share,
    page_loads.p75_seconds as page_load_p75_seconds,
    page_loads.p95_seconds as page_load_p95_seconds,
    reliability.downtime_minutes,
    reliability.felt_downtime_minutes,
    reliability.is_downtime_mapped,
    parameters.as_of_date
from reliability
inner join parameters on reliability.activity_date = parameters.as_of_date
inner join customers using (account_id, activity_date)
inner join accounts using (account_id)
cross join covered
left join page_loads using (account_id)
