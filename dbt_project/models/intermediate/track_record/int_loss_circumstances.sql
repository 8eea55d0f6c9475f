with

losses as (select * from {{ ref('int_losses') }}),

detections as (select * from {{ ref('int_loss_detections') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }} where was_done),

health as (select * from {{ ref('fct_account_health_daily') }}),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

coverage as (select * from {{ ref('dim_source_coverage') }} where status != 'absent'),

landed as (
    select
        min(case when source = 'product_events' then first_date end) as events_since,
        min(case when source = 'billing_payments' then first_date end) as payments_since
    from coverage
),

seen as (
    select
        account_id,
        lost_on,
        min(said_on) as first_seen_on
    from detections
    group by account_id, lost_on
),

-- What was done before anything was to be seen was done for other reasons.
acted as (
    select
        losses.account_id,
        losses.lost_on,
        min(interventions.began_on) as acted_on
    from losses
    left join seen using (account_id, lost_on)
    inner join interventions
        on
            losses.account_id = interventions.account_id
            and coalesce(seen.first_seen_on, losses.watched_from) <= interventions.began_on
            and losses.lost_on > interventions.began_on
    group by losses.account_id, losses.lost_on
),

-- A score below healthy in the four weeks before the decision was something to see.
watched as (
    select
        losses.account_id,
        losses.lost_on,
        bool_or(health.band in ('watch', 'at_risk')) as was_on_watch
    from losses
    inner join health
        on
            losses.account_id = health.account_id
            and losses.decided_on - 28 <= health.score_date
            and losses.watched_from <= health.score_date
            and losses.decided_on > health.score_date
    group by losses.account_id, losses.lost_on
)

-- Whoever does not pay can be seen in payments only, everybody else in what they use; a month of it is the least that
-- tells a change.
select
    losses.account_id,
    losses.lost_on,
    acted.acted_on,
    coalesce(watched.was_on_watch, false) as was_on_watch,
    coalesce(not freshness.is_stale and landed.events_since + 28 <= losses.decided_on, false)
    and (
        losses.reason_kind != 'involuntary'
        or coalesce(landed.payments_since < losses.decided_on, false)
    ) as is_landed
from losses
cross join landed
left join acted using (account_id, lost_on)
left join watched using (account_id, lost_on)
left join freshness on losses.decided_on - 1 = freshness.date_day
