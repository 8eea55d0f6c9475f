with

ledger as (select * from {{ ref('fct_detection_ledger') }} where not is_internal),

-- Who stands beside the revenue ledger counts in the month of the loss, and is worth nothing that the ledger knows.
placed as (
    select
        *,
        coalesce(
            ledger_month_end, {{ months_later("cast(date_trunc('month', lost_on) as date)", 1) }} - 1
        ) as lost_month_end
    from ledger
)

select
    lost_month_end,
    failure_mode,
    count(*) as lost_customer_count,
    count(*) - count(ledger_month_end) as unbooked_customer_count,
    cast(sum(mrr_lost) as decimal(18, 2)) as mrr_lost,
    {{ percentile('detection_days', 0.5) }} as median_detection_days,
    {{ percentile('lead_days', 0.5) }} as median_lead_days
from placed
group by lost_month_end, failure_mode
