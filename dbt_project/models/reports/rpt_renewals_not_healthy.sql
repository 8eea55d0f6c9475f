with

accounts as (select * from {{ ref('rpt_accounts') }})

-- Contracts of the next 90 days whose account has a score and is not healthy, the next one first.
select
    account_id,
    account_name,
    plan,
    csm_id,
    band,
    score_status,
    main_reason,
    health_score,
    health_score_change,
    mrr,
    cast({{ days_between('as_of_date', 'renewal_date') }} as integer) as days_to_renewal,
    row_number() over (order by renewal_date asc, mrr desc nulls last, account_id asc) as renewal_rank,
    renewal_date,
    as_of_date
from accounts
where
    renewal_date <= as_of_date + 90
    and band != 'healthy'
