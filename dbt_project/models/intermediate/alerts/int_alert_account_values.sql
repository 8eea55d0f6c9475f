with

rules as (select * from {{ ref('dim_alert_rules') }} where grain = 'account' and problem is null),

accounts as (select * from {{ ref('fct_account_daily') }} where {{ in_rebuild_window('activity_date') }}),

subscriptions as (select * from {{ ref('fct_subscriptions_daily') }} where {{ in_rebuild_window('activity_date') }}),

-- All days, as a scale goes back to the day on which its version began to score the account.
health as (select * from {{ ref('fct_account_health_daily') }}),

on_scale as (
    select
        *,
        max(case when is_band_settled then band_order end) over (
            partition by account_id, scale_since
            order by score_date
            rows between unbounded preceding and current row
        ) as best_band_order
    from health
),

-- Who is in a worse band since another version scores the account, was in no better one by it and has fallen far on
-- neither scale, was moved by the version: what the customer did left it where it was.
bands as (
    select
        on_scale.account_id,
        on_scale.score_date,
        on_scale.is_band_settled,
        on_scale.confidence,
        on_scale.health_score,
        case
            when
                on_scale.best_band_order = on_scale.band_order
                and eve.is_band_settled
                and eve.band_order > on_scale.band_order
                and on_scale.override_rule is null
                and coalesce(first_day.health_score - on_scale.health_score, 0) < {{ var('large_change_points') }}
                and coalesce(month_before.health_score - eve.health_score, 0) < {{ var('large_change_points') }}
                then eve.band_order
            else on_scale.band_order
        end as band_order
    from on_scale
    left join health as first_day
        on on_scale.account_id = first_day.account_id and on_scale.scale_since = first_day.score_date
    left join health as eve
        on on_scale.account_id = eve.account_id and on_scale.scale_since = eve.score_date + 1
    left join health as month_before
        on
            eve.account_id = month_before.account_id
            and eve.score_date = month_before.score_date + 28
            and eve.scale_since = month_before.scale_since
    where {{ in_rebuild_window('on_scale.score_date') }}
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
