{{ config(meta={'dagster': {'ref': {'name': 'fct_detection_ledger'}}}) }}

-- Lost revenue by failure mode sums to the churn of every month; recognition and lead are the detection in every row.
with

ledger as (
    select
        ledger_month_end as month_end,
        is_internal,
        sum(mrr_lost) as mrr_lost
    from {{ ref('fct_detection_ledger') }}
    where ledger_month_end is not null
    group by ledger_month_end, is_internal
),

revenue as (
    select
        month_end,
        is_internal,
        sum(churn) as churn
    from {{ ref('fct_mrr_months') }}
    group by month_end, is_internal
    having sum(churn) > 0
)

select
    cast(month_end as string) as found,
    ledger.mrr_lost,
    revenue.churn
from ledger
full outer join revenue using (month_end, is_internal)
where ledger.mrr_lost is distinct from revenue.churn

union all

select
    account_id as found,
    recognition_days + lead_days as mrr_lost,
    detection_days as churn
from {{ ref('fct_detection_ledger') }}
where
    recognition_days + lead_days != detection_days
    or (told_on is null) != (recognition_days is null)
    or (told_on is null) != (lead_days is null)
    or (first_seen_on is null) != (detection_days is null)
    or recognition_days < 0
    or lead_days < 0
