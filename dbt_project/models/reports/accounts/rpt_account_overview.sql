with

accounts as (select * from {{ ref('rpt_accounts') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

main_changes as (select * from {{ ref('rpt_account_main_causes') }}),

changes as (select * from {{ ref('rpt_account_score_changes') }} where horizon_days = 28),

attention as (select * from {{ ref('rpt_accounts_needing_attention') }}),

relations as (select * from {{ ref('int_account_relations') }}),

told as (
    select
        bool_or(source = 'support_tickets' and is_covered) as has_tickets,
        bool_or(source = 'billing_seats' and is_covered) as has_seats
    from {{ ref('dim_source_coverage') }}
),

outlooks as (select * from {{ ref('int_account_outlooks') }}),

lifetime_values as (select * from {{ ref('fct_account_lifetime_value') }}),

ticket_counts as (
    select
        account_id,
        count(*) as open_ticket_count
    from {{ ref('rpt_open_tickets') }}
    group by account_id
),

score_benchmarks as (
    select * from {{ ref('fct_account_benchmarks') }}
    where measure = 'health_score'
    qualify snapshot_date = max(snapshot_date) over ()
)

select
    accounts.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.industry,
    accounts.country,
    accounts.size_band,
    accounts.csm_id,
    accounts.lifecycle_stage,
    accounts.band,
    accounts.score_status,
    accounts.main_reason,
    health.confidence_level,
    main_changes.cause as main_change_cause,
    main_changes.label as main_change_label,
    main_changes.effect as main_change_effect,
    accounts.health_score,
    accounts.health_score_change,
    changes.customer_change,
    changes.availability_change,
    changes.model_change,
    accounts.confidence,
    accounts.mrr,
    accounts.seat_count,
    accounts.mau,
    accounts.days_since_last_activity,
    100 - accounts.health_score as points_lost,
    health.base_score,
    health.override_effect,
    health.coverage,
    score_benchmarks.percentile_among_peers,
    score_benchmarks.peer_count,
    case when told.has_tickets then coalesce(ticket_counts.open_ticket_count, 0) end as open_ticket_count,
    attention.attention_rank,
    relations.decision_maker_count,
    relations.integration_count,
    relations.failing_integration_count,
    cast({{ days_between('accounts.as_of_date', 'accounts.renewal_date') }} as integer) as days_to_renewal,
    accounts.is_paused,
    accounts.is_cancelling,
    coalesce(
        accounts.renewal_date between accounts.as_of_date and accounts.as_of_date + {{ var('renewal_notice_days') }}
        and accounts.band != 'healthy',
        false
    ) as is_renewal_not_healthy,
    coalesce(accounts.score_status = 'ok', false)
    and coalesce(changes.customer_change <= -{{ var('large_change_points') }}, false) as is_drop,
    coalesce(accounts.days_since_last_activity >= {{ var('quiet_after_days') }}, false) as is_quiet,
    coalesce(
        accounts.band = 'healthy'
        and accounts.score_status = 'ok'
        and not accounts.is_cancelling
        and told.has_seats
        and accounts.mau >= {{ var('expansion_seat_share') }} * accounts.seat_count,
        false
    ) as is_expansion_candidate,
    accounts.renewal_date,
    accounts.leaves_on,
    accounts.last_active_date,
    relations.last_two_way_date,
    health.scorable_on,
    score_benchmarks.snapshot_date as peers_date,
    outlooks.outlook_probability,
    outlooks.outlook_horizon_days,
    outlooks.outlook_label,
    outlooks.outlook_status,
    outlooks.outlook_raised_by,
    lifetime_values.expected_value,
    accounts.as_of_date
from accounts
cross join told
left join health on accounts.account_id = health.account_id and accounts.as_of_date = health.score_date
left join main_changes on accounts.account_id = main_changes.account_id and main_changes.horizon_days = 28
left join changes on accounts.account_id = changes.account_id
left join attention on accounts.account_id = attention.account_id
left join relations on accounts.account_id = relations.account_id
left join ticket_counts on accounts.account_id = ticket_counts.account_id
left join score_benchmarks on accounts.account_id = score_benchmarks.account_id
-- Who has asked to leave since the Monday needs no outlook.
left join outlooks on accounts.account_id = outlooks.account_id and not accounts.is_cancelling
left join lifetime_values on accounts.account_id = lifetime_values.account_id
