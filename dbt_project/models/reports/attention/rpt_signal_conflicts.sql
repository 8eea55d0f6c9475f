with

contradictions as (select * from {{ ref('int_signal_conflicts') }}),

accounts as (select * from {{ ref('rpt_accounts') }})

-- The most revenue first.
select
    contradictions.account_id,
    contradictions.contradiction,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    accounts.band,
    accounts.score_status,
    accounts.health_score,
    contradictions.said,
    contradictions.done,
    accounts.mrr,
    row_number() over (
        order by accounts.mrr desc nulls last, contradictions.account_id asc, contradictions.contradiction asc
    ) as contradiction_rank
from contradictions
inner join accounts using (account_id)
