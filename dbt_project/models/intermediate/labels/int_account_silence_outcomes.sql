with

windows as (select * from {{ ref('int_account_outcome_windows') }}),

rhythms as (select * from {{ ref('int_account_rhythms_daily') }}),

silences as (select * from {{ ref('int_account_silences') }}),

spells as (select * from {{ ref('int_paid_spells_merged') }}),

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

thresholds as (select * from {{ ref('int_silence_thresholds') }} where threshold_days is not null),

freshness as (select * from {{ ref('fct_source_freshness_daily') }} where source = 'product_events'),

-- A plan that was watched too little has the threshold of the company.
account_windows as (
    select
        windows.*,
        coalesce(of_plan.threshold_days, of_company.threshold_days) as threshold_days
    from windows
    inner join thresholds as of_company
        on
            cast(date_trunc('quarter', windows.snapshot_date) as date) = of_company.settled_on
            and of_company.segment = 'all'
    left join attributes
        on
            windows.account_id = attributes.account_id
            and windows.snapshot_date = attributes.activity_date
    left join thresholds as of_plan
        on
            of_company.settled_on = of_plan.settled_on
            and attributes.plan = of_plan.segment
),

-- Asked of whoever was not yet half as silent on the Monday, as the rest needs no prediction, and in windows long
-- enough for somebody who was active on that very day. Who came back as a customer is asked once active again.
asked as (
    select
        account_windows.*,
        mondays.fresh_day_count as monday_count,
        blackouts.fresh_day_count as blackout_count,
        ends.fresh_day_count as end_count,
        ends.is_stale as is_end_stale
    from account_windows
    inner join rhythms
        on
            account_windows.account_id = rhythms.account_id
            and account_windows.snapshot_date = rhythms.activity_date
    inner join freshness as mondays on account_windows.snapshot_date = mondays.date_day
    inner join freshness as last_days on rhythms.last_active_date = last_days.date_day
    left join spells
        on
            account_windows.account_id = spells.account_id
            and rhythms.last_active_date < spells.spell_end
            and account_windows.snapshot_date >= spells.spell_end
    left join freshness as blackouts on account_windows.blackout_end = blackouts.date_day
    left join freshness as ends on account_windows.window_end = ends.date_day
    where
        2 * (mondays.fresh_day_count - last_days.fresh_day_count) < account_windows.threshold_days
        and account_windows.horizon_days + {{ var('outcome_lead_days') }} >= account_windows.threshold_days
        and spells.account_id is null
),

followed as (
    select
        asked.account_id,
        asked.snapshot_date,
        asked.horizon_days,
        min(silences.began_after + asked.threshold_days) as silent_count
    from asked
    inner join silences
        on
            asked.account_id = silences.account_id
            and asked.threshold_days <= silences.silent_days
            and asked.monday_count < silences.began_after + asked.threshold_days
            and asked.end_count >= silences.began_after + asked.threshold_days
    group by asked.account_id, asked.snapshot_date, asked.horizon_days
)

-- Who had gone silent by the end of the blackout cannot go silent any more, and who left first did not: neither has
-- a row. Where nobody was heard of at the end of the window, nobody can tell.
select
    asked.account_id,
    asked.snapshot_date,
    asked.horizon_days,
    asked.matures_on,
    asked.threshold_days,
    case when asked.is_mature then freshness.date_day end as silent_on,
    case
        when not asked.is_mature then null
        when followed.silent_count is not null then true
        when not asked.is_end_stale then false
    end as is_event
from asked
left join followed using (account_id, snapshot_date, horizon_days)
left join freshness
    on
        followed.silent_count = freshness.fresh_day_count
        and not freshness.is_stale
where
    coalesce(followed.silent_count > asked.blackout_count, true)
    and (asked.service_ended_date is null or freshness.date_day < asked.service_ended_date)
