with

windows as (select * from {{ ref('int_account_outcome_windows') }}),

terms as (select * from {{ ref('int_contract_terms_scheduled') }}),

renewals as (select * from {{ ref('fct_contract_renewals') }}),

-- The term that is running at the snapshot, as its successors are not agreed yet.
due as (
    select
        windows.account_id,
        windows.snapshot_date,
        windows.horizon_days,
        windows.matures_on,
        windows.is_mature,
        terms.subscription_id,
        terms.term_number
    from windows
    inner join terms
        on
            windows.account_id = terms.account_id
            and windows.snapshot_date >= terms.term_start
            and windows.snapshot_date < terms.end_date
            and windows.blackout_end < terms.scheduled_end
            and windows.window_end >= terms.scheduled_end
)

select
    due.account_id,
    due.snapshot_date,
    due.horizon_days,
    due.matures_on,
    case when due.is_mature then bool_or(not renewals.is_renewed) end as is_event
from due
left join renewals
    on
        due.subscription_id = renewals.subscription_id
        and due.term_number = renewals.term_number
group by due.account_id, due.snapshot_date, due.horizon_days, due.matures_on, due.is_mature
