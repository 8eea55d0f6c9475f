with

subscriptions as (select * from {{ with_known_names('stg_billing__subscriptions') }}),

inferred_ends as (select * from {{ ref('int_subscription_ends_inferred') }}),

latest as (
    select *
    from subscriptions
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['subscription_id'], []) }}
),

-- A day before a subscription of the account begins.
eves as (
    select distinct
        account_id,
        started_at - interval '24 hours' as eve
    from latest
),

ended as (
    select
        latest.*,
        inferred_ends.ends,
        coalesce(latest.ended_at, inferred_ends.ended_at) as known_end,
        eves.eve is not null as is_end_an_eve,
        latest.status in ('trialing', 'active', 'past_due', 'paused') as is_living
    from latest
    left join inferred_ends using (subscription_id)
    left join eves on latest.account_id = eves.account_id and latest.ended_at = eves.eve
)

-- What was to come after the last complete day was not yet known on it, so it is left open.
select
    subscription_id,
    account_id,
    status,
    cancel_reason,
    term_months,
    notice_days,
    is_cancelling_at_period_end,
    is_auto_renewing,
    renewal_date,
    started_at,
    case when {{ happened_by_as_of('known_end') }} then known_end end as ended_at,
    known_end is not null as is_end_told,
    trial_started_at,
    trial_ended_at,
    case when {{ happened_by_as_of('cancel_requested_at') }} then cancel_requested_at end as cancel_requested_at,
    case
        when ends is not null then 'status is canceled and ended_at is empty: it ends ' || ends
        when is_living and ended_at is not null and {{ happened_by_as_of('ended_at') }}
            then 'status is ' || status || ' and ended_at has passed: it ended then'
        when is_living and cancel_at is not null and {{ happened_by_as_of('cancel_at') }}
            then 'status is ' || status || ' and cancel_at has passed without ended_at: it goes on'
        when trial_ended_at < trial_started_at
            then 'trial_end is before trial_start: it is no trial from trial_end on'
        when status = 'trialing' and trial_ended_at is null
            then 'status is trialing and trial_end is empty: it is a trial while its status says so'
        when status = 'trialing' and {{ happened_by_as_of('trial_ended_at') }}
            then 'status is trialing and trial_end has passed: it is no trial from then on'
        when is_living and status != 'trialing' and trial_ended_at > loaded_at
            then 'status is ' || status || ' and trial_end is to come: it is a trial until then'
        when
            is_living
            and term_months > 1
            and {{ days_off_a_term(local_day('started_at'), 'term_months', 'renewal_date') }} > 7
            and coalesce({{ days_off_a_term(local_day('trial_ended_at'), 'term_months', 'renewal_date') }}, 8) > 7
            then
                'renewal_date is more than 7 days off a whole term after started_at and trial_end: it renews when its '
                || 'term is over, counted from there'
        when is_end_an_eve
            then
                'ended_at is the day before the next one of its account begins: that day is without service, unless '
                || 'ended_at tells the day after the last one'
    end as contradiction,
    landed_file,
    landed_line
from ended
