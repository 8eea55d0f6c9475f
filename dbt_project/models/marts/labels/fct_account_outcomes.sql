with

windows as (select * from {{ ref('int_account_outcome_windows') }}),

revenue_outcomes as (select * from {{ ref('int_account_revenue_outcomes') }}),

renewal_outcomes as (select * from {{ ref('int_account_renewal_outcomes') }}),

silence_outcomes as (select * from {{ ref('int_account_silence_outcomes') }})

select
    account_id,
    snapshot_date,
    'churn' as label,
    horizon_days,
    case when is_mature then churn_date is not null end as is_event,
    matures_on
from windows

union all

select
    account_id,
    snapshot_date,
    'revenue_loss' as label,
    horizon_days,
    is_event,
    matures_on
from revenue_outcomes

union all

select
    account_id,
    snapshot_date,
    'non_renewal' as label,
    horizon_days,
    is_event,
    matures_on
from renewal_outcomes

union all

select
    account_id,
    snapshot_date,
    'silence' as label,
    horizon_days,
    is_event,
    matures_on
from silence_outcomes
