with

accounts as (select * from {{ ref('int_accounts_looked_at') }}),

changes as (select * from {{ ref('int_customer_changes_28d') }}),

triggers as (select * from {{ ref('play_triggers') }}),

-- Each rule once: the number that speaks for it, and none where it does not hold.
measured as (
    select
        accounts.account_id,
        accounts.action_date,
        triggers.trigger_kind,
        triggers.reason,
        triggers.evidence,
        cast(
            case triggers.trigger_kind
                when 'asked_to_cancel' then case when accounts.lifecycle_stage = 'cancelling' then 1 end
                when 'at_risk'
                    then
                        case
                            when accounts.band = 'at_risk' and accounts.score_status != 'low_confidence'
                                then accounts.health_score
                        end
                when 'at_risk_little_measured'
                    then
                        case
                            when accounts.band = 'at_risk' and accounts.score_status = 'low_confidence'
                                then accounts.health_score
                        end
                when 'fell'
                    then
                        case
                            when
                                accounts.score_status = 'ok'
                                and changes.customer_change <= -{{ var('large_change_points') }}
                                then -changes.customer_change
                        end
                when 'payment_overdue'
                    then
                        case when accounts.overdue_days > {{ var('play_overdue_days') }} then accounts.overdue_days end
                when 'renewal_not_healthy'
                    then
                        case
                            when
                                accounts.band != 'healthy'
                                and accounts.days_until_renewal between 0 and {{ var('renewal_notice_days') }}
                                then accounts.days_until_renewal
                        end
                when 'gone_quiet'
                    then
                        case
                            when
                                accounts.tenure_days >= {{ var('minimum_tenure_days') }}
                                and accounts.days_since_last_activity >= {{ var('quiet_after_days') }}
                                then accounts.days_since_last_activity
                        end
                when 'new_customer' then
                    case
                        when
                            accounts.tenure_days < {{ var('minimum_tenure_days') }}
                            and accounts.lifecycle_stage != 'trial'
                            then accounts.tenure_days
                    end
            end as double
        ) as evidence_value
    from accounts
    cross join triggers
    left join changes on accounts.account_id = changes.account_id and accounts.action_date = changes.score_date
)

select * from measured where evidence_value is not null
