with

ledger as (select * from {{ ref('fct_mrr_months') }}),

segments as (select * from {{ ref('int_account_segment_months') }}),

ranked as (
    select
        segments.dimension,
        segments.closing_segment as segment,
        segments.month_end,
        ledger.closing,
        row_number() over (
            partition by segments.dimension, segments.closing_segment, segments.month_end
            order by ledger.closing desc, ledger.account_id asc
        ) as size_rank
    from ledger
    inner join segments using (account_id, month_end)
    where ledger.closing > 0 and segments.closing_segment is not null
)

-- Here every paying account counts, whether its movement of the month is known or not. A square has room for nineteen
-- digits: see sum_weighed_by_amount.
select
    dimension,
    segment,
    month_end,
    count(*) as paying_account_count,
    cast(sum(closing) as decimal(18, 2)) as mrr,
    cast(max(closing) as decimal(18, 2)) as largest_mrr,
    cast(sum(closing) filter (where size_rank <= 10) as decimal(18, 2)) as top_10_mrr,
    cast(sum(cast(closing as decimal(19, 2)) * closing) as double) as squared_mrr
from ranked
group by dimension, segment, month_end
