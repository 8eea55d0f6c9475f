with

ledger as (select * from {{ ref('fct_mrr_months') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

months as (select * from {{ ref('int_months_closed') }}),

-- Segments are known from the first day of usage events on, revenue often from much earlier.
segmented_days as (select min(activity_date) as first_date from segments),

-- The month end comes before the month end before, which says where a customer who left had been.
month_days as (
    select
        month_end,
        month_end as activity_date
    from months
    union all
    select
        months.month_end,
        months.previous_month_end as activity_date
    from months
    inner join segmented_days on months.previous_month_end >= segmented_days.first_date
),

placed as (
    select
        segments.account_id,
        month_days.month_end,
        segments.dimension,
        segments.segment
    from segments
    inner join month_days using (activity_date)
    inner join segmented_days on month_days.month_end > segmented_days.first_date
    where segments.dimension not in ('all', 'account')
    qualify row_number() over (
        partition by segments.account_id, month_days.month_end, segments.dimension
        order by segments.activity_date desc
    ) = 1
)

select
    account_id,
    month_end,
    'all' as dimension,
    'all' as segment
from ledger
where not is_internal

union all

select
    placed.account_id,
    placed.month_end,
    placed.dimension,
    placed.segment
from placed
inner join ledger using (account_id, month_end)
