with

rules as (select * from {{ ref('dim_alert_rules') }} where grain = 'account' and problem is null),

accounts as (select * from {{ ref('fct_account_daily') }} where {{ in_rebuild_window('activity_date') }}),

subscriptions as (select * from {{ ref('fct_subscriptions_daily') }} where {{ in_rebuild_window('activity_date') }}),

-- All days, as a scale goes back to the day on which its version began to score the account.
health as (select * from {{ ref('fct_account_health_daily') }}),

-- Whom another version scores since, with what the version before said last.
changed_scales as (
    select
        first_days.account_id,
        first_days.scale_since,
        first_days.health_score as first_score,
        eves.band_order as eve_band_order,
        coalesce(months_before.health_score - eves.health_score, 0) as fall_before
    from health as first_days
    inner join health as eves
        on
            first_days.account_id = eves.account_id
            and first_days.scale_since = eves.score_date + 1
    left join health as months_before
        on
            eves.account_id = months_before.account_id
            and eves.score_date = months_before.score_date + 28
            and eves.scale_since = months_before.scale_since
    where first_days.score_date = first_days.scale_since and eves.is_band_settled
),

on_changed_scales as (
    select
        health.account_id,
        health.score_date,
        changed_scales.eve_band_order,
        changed_scales.fall_before,
        coalesce(changed_scales.first_score - health.health_score, 0) as fall_since,
        max(case when health.is_band_settled then health.band_order end) over (
            partition by health.account_id, health.scale_since
            order by health.score_date
            rows between unbounded preceding and current row
        ) as best_band_order
    from health
    inner join changed_scales using (account_id, scale_since)
),

-- Who is in a worse band since another version scores the account, was in no better one by it and has fallen far on
-- neither scale, was moved by the version: what the customer did left it where it was.
bands as (
    select
        health.account_id,
        health.score_date,
        health.is_band_settled,
        health.confidence,
        health.health_score,
        case
            when
                on_changed_scales.best_band_order = health.band_order
                and on_changed_scales.eve_band_order > health.band_order
                and health.override_rule is null
                and on_changed_scales.fall_since < {{ var('large_change_points') }}
                and on_changed_scales.fall_before < {{ var('large_change_points') }}
                then on_changed_scales.eve_band_order
            else health.band_order
        end as band_order
    from health
    left join on_changed_scales using (account_id, score_date)
    where {{ in_rebuild_window('health.score_date') }}
),

outages as (
    select distinct
        account_id,
        activity_date
    from {{ ref('fct_account_outages') }}
    where {{ in_rebuild_window('activity_date') }}
)

-- A band is asked only where the score could be trusted; a share only where there are enough sessions to have one.
select
    rules.rule,
    accounts.account_id as entity_id,
    accounts.activity_date as alert_date,
    case rules.metric
        when 'band_order' then case when bands.is_band_settled then bands.band_order end
        when 'health_score'
            then case when bands.confidence >= {{ var('minimum_confidence') }} then bands.health_score end
        when 'days_since_last_activity' then accounts.days_since_last_activity
        when 'active_days_28d' then accounts.active_days_28d
        when 'days_until_renewal' then accounts.days_until_renewal
        when 'days_until_opt_out'
            then {{ days_between('accounts.activity_date', 'subscriptions.opt_out_date') }}
        when 'overdue_days' then accounts.overdue_days
        when 'error_session_share_28d'
            then case
                when accounts.session_count_28d >= {{ var('alert_minimum_sessions') }}
                    then accounts.error_session_count_28d / nullif(cast(accounts.session_count_28d as double), 0)
            end
        when 'downtime_minutes_28d' then accounts.downtime_minutes_28d
        when 'open_ticket_count' then accounts.open_ticket_count
        when 'ticket_count_28d' then accounts.ticket_count_28d
        when 'nps_90d' then accounts.nps_90d
    end as observed_value,
    not accounts.is_in_population as has_left,
    coalesce(subscriptions.is_cancelling, false) as is_leaving,
    outages.account_id is not null as has_incident,
    rules.metric = 'days_until_opt_out'
    and coalesce(subscriptions.opt_out_date < accounts.activity_date, false) as is_past
from accounts
inner join rules on accounts.activity_date >= rules.valid_from and accounts.activity_date <= rules.valid_to
left join subscriptions using (account_id, activity_date)
left join bands on accounts.account_id = bands.account_id and accounts.activity_date = bands.score_date
left join outages on accounts.account_id = outages.account_id and accounts.activity_date = outages.activity_date
