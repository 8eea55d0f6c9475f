-- What a rule looked at is the sum of its states, what happened is the sum of what was done about it, and what is open is what
-- was open on the eve and opened, less what ended.
with

evaluations as (select * from {{ ref('int_alert_evaluations_daily') }}),

eve as (
    select
        *,
        lag(alert_open_count) over (partition by rule order by alert_date) as open_on_the_eve
    from evaluations
)

select * from eve
where
    evaluated_count
    != ok_count + pending_count + warning_count + critical_count + recovering_count + no_data_count + inhibited_count + closed_count
    or alert_event_count != told_count + kept_back_count + skipped_count + draft_count
    or alert_open_count != coalesce(open_on_the_eve, 0) + alert_opened_count - alert_ended_count
