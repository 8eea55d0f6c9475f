with

ledger as (select * from {{ ref('fct_mrr_months') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

months as (select * from {{ ref('int_months_closed') }}),

-- Segments are known from the first day of usage events on, deciles of usage from their first cut points on, revenue
-- often from much earlier.
segmented_days as (
    select
        dimension,
        min(activity_date) as first_date
    from segments
    group by dimension
),

month_days as (
    select
        month_end,
        month_end as activity_date,
        true as is_closing
    from months
    union all
    select
        month_end,
        previous_month_end as activity_date,
        false as is_closing
    from months
),

placed as (
    select
        segments.account_id,
        month_days.month_end,
        segments.dimension,
        max(segments.segment) filter (where not month_days.is_closing) as opening_segment,
        max(segments.segment) filter (where month_days.is_closing) as closing_segment
    from segments
    inner join month_days using (activity_date)
    where segments.dimension not in ('all', 'account')
    group by segments.account_id, month_days.month_end, segments.dimension
)

select
    account_id,
    month_end,
    'all' as dimension,
    'all' as segment,
    'all' as closing_segment
from ledger
where not is_internal

union all

-- What moved belongs to the segment that the account came from; only a customer who is new or back has none.
select
    placed.account_id,
    placed.month_end,
    placed.dimension,
    case
        when ledger.month_start > segmented_days.first_date
            then coalesce(placed.opening_segment, placed.closing_segment)
    end as segment,
    placed.closing_segment
from placed
inner join ledger using (account_id, month_end)
inner join segmented_days on placed.dimension = segmented_days.dimension
