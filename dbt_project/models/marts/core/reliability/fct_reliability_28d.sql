with

account_days as (select * from {{ ref('int_account_days_spined') }}),

session_errors as (select * from {{ ref('fct_session_errors_daily') }}),

performance as (select * from {{ ref('fct_performance_daily') }}),

latency as (
    select
        account_id,
        activity_date,
        sum(sample_count) as sample_count,
        sum(cast(request_count as decimal(18, 6))) as request_count,
        sum(cast(frustrated_count as decimal(18, 6))) as frustrated_count
    from performance
    group by account_id, activity_date
)

select
    account_days.account_id,
    account_days.activity_date,
    cast(sum(coalesce(session_errors.session_count, 0)) over last_28_days as bigint) as session_count,
    cast(sum(coalesce(session_errors.error_session_count, 0)) over last_28_days as bigint) as error_session_count,
    cast(sum(coalesce(latency.sample_count, 0)) over last_28_days as bigint) as sample_count,
    cast(sum(coalesce(latency.request_count, 0)) over last_28_days as double) as request_count,
    cast(sum(coalesce(latency.frustrated_count, 0)) over last_28_days as double) as frustrated_count
from account_days
left join session_errors using (account_id, activity_date)
left join latency using (account_id, activity_date)
window last_28_days as (
    partition by account_days.account_id
    order by account_days.activity_date
    rows between 27 preceding and current row
)
