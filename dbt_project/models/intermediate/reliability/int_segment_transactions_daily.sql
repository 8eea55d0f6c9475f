with

segment_days as (
    select * from {{ ref('int_segment_activity_daily') }}
    where dimension != 'account'
),

segments as (
    select * from {{ ref('fct_account_segments_daily') }}
    where dimension != 'account'
),

transactions as (select * from {{ ref('int_transactions_judged') }}),

daily as (
    select
        segments.dimension,
        segments.segment,
        segments.activity_date,
        count(*) filter (where transactions.is_attempt) as attempted_count,
        count(*) filter (where transactions.is_failure) as failed_count
    from transactions
    inner join segments using (account_id, activity_date)
    group by segments.dimension, segments.segment, segments.activity_date
)

select
    segment_days.dimension,
    segment_days.segment,
    segment_days.activity_date,
    cast(sum(coalesce(daily.attempted_count, 0)) over last_28_days as bigint) as attempted_count_28d,
    cast(sum(coalesce(daily.failed_count, 0)) over last_28_days as bigint) as failed_count_28d
from segment_days
left join daily using (dimension, segment, activity_date)
window last_28_days as (
    partition by segment_days.dimension, segment_days.segment
    order by segment_days.activity_date
    range between interval 27 days preceding and current row
)
