with

states as (select * from {{ ref('fct_alert_states') }}),

events as (select * from {{ ref('fct_alert_events') }}),

states_counted as (
    select
        rule,
        alert_date,
        count(*) as evaluated_count,
        count(*) filter (where state = 'ok') as ok_count,
        count(*) filter (where state = 'pending') as pending_count,
        count(*) filter (where state = 'warning') as warning_count,
        count(*) filter (where state = 'critical') as critical_count,
        count(*) filter (where state = 'recovering') as recovering_count,
        count(*) filter (where state = 'no_data') as no_data_count,
        count(*) filter (where state = 'inhibited') as inhibited_count,
        count(*) filter (where state = 'closed') as closed_count,
        count(*) filter (where is_open) as alert_open_count,
        count(*) filter (where is_open and not was_open) as alert_opened_count,
        count(*) filter (where was_open and not is_open) as alert_ended_count
    from states
    group by rule, alert_date
),

events_counted as (
    select
        rule,
        event_date as alert_date,
        count(*) as alert_event_count,
        count(*) filter (where decision = 'told') as told_count,
        count(*) filter (where decision in ('inhibited', 'silenced', 'muted', 'held', 'cooling_down'))
            as kept_back_count,
        count(*) filter (where decision = 'skipped') as skipped_count,
        count(*) filter (where decision = 'draft') as draft_count
    from events
    group by rule, event_date
)

select
    states_counted.*,
    coalesce(events_counted.alert_event_count, 0) as alert_event_count,
    coalesce(events_counted.told_count, 0) as told_count,
    coalesce(events_counted.kept_back_count, 0) as kept_back_count,
    coalesce(events_counted.skipped_count, 0) as skipped_count,
    coalesce(events_counted.draft_count, 0) as draft_count
from states_counted
left join events_counted using (rule, alert_date)
