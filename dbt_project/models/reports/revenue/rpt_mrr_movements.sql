with

ledger as (select * from {{ ref('fct_mrr_months') }}),

months as (select * from {{ ref('rpt_revenue_months') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

latest as (select max(month_end) as month_end from months),

moved as (
    select
        ledger.*,
        ledger.new + ledger.reactivation + ledger.expansion - ledger.contraction - ledger.churn as change
    from ledger
    inner join latest using (month_end)
    where ledger.movement != 'none' and not ledger.is_internal
)

select
    moved.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    moved.month_end,
    moved.movement,
    moved.opening,
    cast(moved.change as decimal(18, 2)) as change,
    moved.fx,
    moved.closing,
    cast(
        row_number() over (order by abs(moved.change) desc nulls last, moved.account_id asc) as integer
    ) as size_rank
from moved
inner join accounts using (account_id)
