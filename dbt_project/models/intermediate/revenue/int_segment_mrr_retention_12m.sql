with

ledger as (select * from {{ ref('fct_mrr_months') }}),

amounts as (select * from {{ ref('int_account_amounts_converted') }}),

segments as (select * from {{ ref('int_account_segment_months') }}),

months as (select * from {{ ref('int_months_closed') }}),

-- Who paid twelve months before: the amount of then at the rate of now, the segment of then.
cohorts as (
    select
        opening_months.month_end as opening_month_end,
        months.month_end,
        amounts.account_id,
        amounts.status,
        amounts.amount as opening
    from months
    inner join months as opening_months on months.month_number = opening_months.month_number + 12
    inner join amounts
        on
            opening_months.month_end = amounts.month_end
            and months.month_end = amounts.rate_month_end
    where amounts.status != 'ok' or amounts.amount > 0
),

-- The closing may be known where the last movement is not.
followed as (
    select
        segments.dimension,
        segments.closing_segment as segment,
        cohorts.month_end,
        cohorts.opening,
        ledger.closing,
        cohorts.opening is not null and ledger.closing is not null as is_known
    from cohorts
    inner join ledger using (account_id, month_end)
    inner join segments
        on
            cohorts.account_id = segments.account_id
            and cohorts.opening_month_end = segments.month_end
    where segments.closing_segment is not null
)

select
    dimension,
    segment,
    month_end,
    cast(sum(opening) filter (where is_known) as decimal(18, 2)) as opening,
    cast(sum(closing) filter (where is_known) as decimal(18, 2)) as retained,
    cast(sum(least(opening, closing)) filter (where is_known) as decimal(18, 2)) as retained_without_expansion,
    count(*) filter (where is_known) as opening_account_count,
    count(*) filter (where is_known and closing > 0) as retained_account_count,
    count(*) filter (where not is_known) as unknown_account_count
from followed
group by dimension, segment, month_end
