with

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
)

-- Who is in a worse band since another version scores the account, was in no better one by it and has fallen far on
-- neither scale, was moved by the version: what the customer did left it where it was.
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
