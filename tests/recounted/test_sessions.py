"""Sessions, and what is divided by them, recounted from the landed events by nobody's models.

Persons are counted by the identifiers of their events, as they landed; what is a session, and who
counts, is read from the words of the metrics.
"""

import pytest

DAYS = ["2026-05-31", "2026-07-31", "2026-10-31"]

# What is done by our own people, by bots and by whoever is no customer on the day counts nowhere.
RECOUNTED = """
with

events as (
    select distinct on (event_id)
        landed.account_id,
        landed.user_id,
        coalesce(landed.user_id, landed.anonymous_id) as person,
        landed.platform,
        landed.event_ts
    from raw.product_events as landed
    inner join raw.catalogue_event_catalog as catalogue
        on landed.event_name = catalogue.event_name and catalogue.is_activity
    where
        landed.ip not like '192.0.2.%'
        and not regexp_matches(landed.user_agent, 'HeadlessChrome|UptimeRobot|python-requests')
),

-- An event that names no account is of the one account of which its person is a member then.
memberships as (
    select user_id, valid_from, coalesce(valid_to, '9999-12-31') as valid_to, account_id
    from raw.crm_account_users
),

placed as (
    select
        events.* replace (
            coalesce(events.account_id, (
                select
                    case when count(distinct memberships.account_id) = 1 then min(account_id) end
                from memberships
                where
                    memberships.user_id = events.user_id
                    and events.event_ts >= memberships.valid_from
                    and events.event_ts < memberships.valid_to
            )) as account_id
        )
    from events
),

customers as (
    select account_id, started_at::date as first_date, ended_at::date as end_date
    from raw.billing_subscriptions
    where account_id not in (
        select account_id from raw.crm_accounts where account_type in ('internal', 'test')
    )
),

theirs as (
    select * from placed
    where user_id is null or user_id not in (
        select user_id from raw.crm_users where is_internal or email like '%@northbeam.example'
    )
),

begun as (
    select *,
        coalesce(event_ts - lag(event_ts) over by_person > interval 30 minutes, true) as is_first,
        least(epoch(event_ts - lag(event_ts) over by_person), 300) as pause
    from theirs
    window by_person as (partition by account_id, person, platform order by event_ts)
),

numbered as (
    select *, sum(is_first::int) over (
        partition by account_id, person, platform order by event_ts range unbounded preceding
    ) as session_number
    from begun
),

sessions as (
    select
        account_id,
        user_id,
        min(event_ts)::date as session_date,
        coalesce(sum(pause) filter (where not is_first), 0) as seconds
    from numbered
    group by account_id, user_id, person, platform, session_number
),

counted as (
    select sessions.* from sessions
    where exists (
        select 1 from customers
        where customers.account_id = sessions.account_id
            and customers.first_date <= session_date
            and (customers.end_date is null or session_date < customers.end_date)
    ) and session_date between ?::date - 27 and ?::date
)

select count(*), count(user_id), sum(seconds) filter (where user_id is not null) / 60 from counted
"""


@pytest.mark.parametrize("day", DAYS)
def test_devices_have_sessions_and_whatever_is_divided_by_people_or_errors_counts_people_only(
    warehouse_reading, day
):
    with warehouse_reading() as connection:
        sessions, of_people, minutes = connection.execute(RECOUNTED, [day, day]).fetchone()
        published = {
            metric: (numerator, denominator)
            for metric, numerator, denominator in connection.execute(
                "select metric, numerator, denominator from marts.fct_metrics_daily "
                "where dimension = 'all' and metric_date = ?",
                [day],
            ).fetchall()
        }
    assert 0 < of_people < sessions
    assert published["sessions_28d"][0] == sessions
    assert published["sessions_28d_per_user"][0] == of_people
    assert published["engaged_minutes_28d_per_user"][0] == pytest.approx(minutes, abs=1e-3)
    # An error names a person: what a device met on which nobody signed in, nobody knows.
    assert published["session_error_rate_28d"][1] == of_people
    assert published["crash_free_session_rate_28d"][1] == of_people
    assert published["errors_per_engaged_hour_28d"][1] == pytest.approx(minutes / 60, abs=1e-4)
