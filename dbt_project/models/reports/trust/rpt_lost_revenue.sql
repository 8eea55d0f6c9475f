with

ledger as (select * from {{ ref('fct_detection_ledger') }})

-- By the month of the revenue ledger; who stands beside it is not yet in any month, or was never seen to pay.
select
    ledger_month_end,
    failure_mode,
    count(*) as lost_customer_count,
    cast(sum(mrr_lost) as decimal(18, 2)) as mrr_lost,
    {{ percentile('detection_days', 0.5) }} as median_detection_days,
    {{ percentile('case when told_on is not null then lead_days end', 0.5) }} as median_lead_days
from ledger
where not is_internal
group by ledger_month_end, failure_mode
