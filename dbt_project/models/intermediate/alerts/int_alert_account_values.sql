with

rules as (select * from {{ ref('dim_alert_rules') }} where grain = 'account' and problem is null),

accounts as (select * from {{ ref('fct_account_daily') }} where {{ in_rebuild_window('activity_date') }}),

subscriptions as (select * from {{ ref('fct_subscriptions_daily') }} where {{ in_rebuild_window('activity_date') }}),

-- An export that never told a notice may not tell them at all, so nobody knows who has asked.
notices as (select min(activity_date) as known_from from {{ ref('fct_subscriptions_daily') }} where is_cancelling),

bands as (select * from {{ ref('int_alert_bands_daily') }}),

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
        when 'is_cancelling'
            then case
                when subscriptions.is_customer and notices.known_from <= accounts.activity_date
                    then case when subscriptions.is_cancelling then 1 else 0 end
            end
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
cross join notices
left join subscriptions using (account_id, activity_date)
left join bands on accounts.account_id = bands.account_id and accounts.activity_date = bands.score_date
left join outages on accounts.account_id = outages.account_id and accounts.activity_date = outages.activity_date
