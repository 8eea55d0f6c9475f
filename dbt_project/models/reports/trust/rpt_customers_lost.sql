with

ledger as (select * from {{ ref('fct_detection_ledger') }} where not is_internal),

accounts as (select * from {{ ref('dim_accounts') }}),

rules as (select * from {{ ref('score_override_rules') }}),

alert_rules as (select * from {{ ref('dim_alert_rules') }})

select
    ledger.account_id,
    accounts.account_name,
    accounts.csm_id,
    accounts.size_band,
    ledger.lost_on,
    ledger.decided_on,
    ledger.reason_kind,
    coalesce(ledger.mrr_lost, ledger.mrr_before) as mrr_lost,
    ledger.failure_mode,
    ledger.first_seen_on,
    coalesce(
        rules.label,
        alert_rules.label,
        case ledger.first_seen_by
            when 'at_risk' then 'at risk'
            when 'fell_by_what_they_did' then 'fell by what they did'
            when 'gone_quiet' then 'nobody active any more'
            when 'outlook' then 'likely to leave by the outlook'
        end,
        ledger.first_seen_by
    ) as first_sign,
    ledger.told_on,
    ledger.is_told_for_real,
    ledger.acted_on,
    ledger.recognition_days,
    ledger.lead_days,
    ledger.detection_days,
    row_number() over (order by ledger.lost_on desc, ledger.mrr_lost desc nulls last, ledger.account_id asc)
        as lost_rank
from ledger
inner join accounts using (account_id)
left join rules on ledger.first_seen_by = rules.override_rule
left join alert_rules on ledger.first_seen_by = 'alert: ' || alert_rules.rule
