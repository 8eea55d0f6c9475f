{{ config(meta={'dagster': {'ref': {'name': 'fct_mrr_months'}}}) }}

-- Opening and movements make the closing, to the cent, and the next opening is this closing.
with

ledger as (select * from {{ ref('fct_mrr_months') }}),

followed as (
    select
        *,
        lag(closing) over (partition by account_id order by month_end) as earlier_closing,
        lag(account_id) over (partition by account_id order by month_end) as earlier_account_id
    from ledger
)

select
    account_id,
    month_end
from followed
where
    (
        status = 'ok'
        and opening + new + reactivation + expansion - contraction - churn + fx is distinct from closing
    )
    or (earlier_account_id is not null and opening is distinct from earlier_closing)
    or least(new, reactivation, expansion, contraction, churn) < 0
