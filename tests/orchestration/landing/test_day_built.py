"""Which day a run builds where nobody says, which days may be asked for, and what is said of it."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.errors import AsOfError
from orchestration.landing.full_days import last_full_day
from orchestration.landing.parameters import resolve_as_of
from orchestration.landing.tables import ensure_books

FIRST = date(2026, 9, 1)
LAST = date(2026, 10, 31)
TODAY = date(2026, 11, 28)
LOS_ANGELES = "America/Los_Angeles"
SPAN = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
# One event at the half of every hour, for each of five people.
WHOLE = {hour * 4 + 2: 5 for hour in range(24)}


def regular(last=LAST, day=WHOLE):
    return {each: dict(day) for each in SPAN if each <= last}


def hourly(first, last, zone="UTC", until=None):
    """Return times at the half of every hour of local days, five of each, in UTC."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    local = [
        datetime.combine(day, time(hour, 30), ZoneInfo(zone)) for day in days for hour in range(24)
    ]
    times = [moment.astimezone(UTC).replace(tzinfo=None) for moment in local]
    return [moment for moment in times if until is None or moment < until for _ in range(5)]


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        ensure_books(connection)
        yield connection


@pytest.fixture
def resolve(database):
    """Resolve the day of events given as (event_ts, received_at, day of the load)."""

    def resolved(events, requested=None, today=TODAY, zone="UTC", known_on=None):
        columns = "event_ts timestamp, received_at timestamp, _loaded_at timestamp"
        database.execute(f"create or replace table raw.product_events ({columns})")
        rows = [event if isinstance(event, tuple) else (event, event, event) for event in events]
        told = [str(part) if part else "" for row in rows for part in row]
        database.execute(
            "insert into raw.product_events select nullif(told[i], '')::timestamp, "
            "nullif(told[i + 1], '')::timestamp, nullif(told[i + 2], '')::timestamp "
            "from (select $told as told), range(1, len($told) + 1, 3) as numbers(i)",
            {"told": told},
        )
        return resolve_as_of(database, requested, today, zone, known_on)

    return resolved


TWO_WEEKS = hourly(date(2026, 10, 18), LAST)


def test_the_day_is_the_last_full_one_and_is_said(resolve):
    built = resolve(TWO_WEEKS)
    assert built.day == built.last_full == LAST
    assert built.reason == f"The day built is {LAST} (UTC), the last full day of events."


@pytest.mark.parametrize("received", [None, datetime(2027, 5, 1, 10)])
def test_an_event_of_next_year_does_not_move_the_day_and_is_counted(resolve, received):
    ahead = datetime(2027, 5, 1, 10)
    built = resolve([*TWO_WEEKS, (ahead, received, LAST)])
    assert built.day == LAST
    assert built.reason.endswith(f"1 event(s) are of later days than {LAST}.")


@pytest.mark.parametrize("days_later", [1, 2, 14])
def test_an_event_of_a_day_after_does_not_move_the_day(resolve, days_later):
    later = datetime.combine(LAST + timedelta(days=days_later), time(9))
    built = resolve([*TWO_WEEKS, (later, None, LAST)])
    assert built.day == LAST
    assert f"{later.date()} is not full: 1 event" in built.reason


def test_a_time_a_day_after_its_receipt_is_that_of_a_wrong_clock(resolve):
    day = LAST + timedelta(days=5)
    wrong = [(moment, datetime(2026, 10, 31, 12), LAST) for moment in hourly(day, day)]
    assert resolve(TWO_WEEKS + wrong).day == LAST


def test_the_day_is_never_today(resolve):
    assert resolve(TWO_WEEKS, today=LAST).day == LAST - timedelta(days=1)


def test_days_end_where_the_reporting_time_zone_says(resolve):
    export = datetime(2026, 11, 28, 5)
    events = hourly(date(2026, 10, 15), date(2026, 11, 28), LOS_ANGELES, until=export)
    built = resolve(events, today=date(2026, 12, 1), zone=LOS_ANGELES)
    assert built.day == date(2026, 11, 26)
    assert (
        "2026-11-27 is not full: no event from 20:45 on, where 15 or more are usual" in built.reason
    )
    assert resolve(events, today=date(2026, 12, 1), zone="UTC").day == date(2026, 11, 27)
    assert resolve(events, today=date(2026, 11, 27), zone=LOS_ANGELES).day == date(2026, 11, 26)


@pytest.mark.parametrize("day", [date(2026, 10, 18), date(2026, 10, 25), date(2026, 11, 14)])
def test_any_day_since_the_first_event_that_is_over_may_be_asked_for(resolve, day):
    built = resolve(TWO_WEEKS, requested=day)
    assert (built.day, built.last_full) == (day, LAST)
    assert built.reason.startswith(f"The day built is {day} (UTC), as AS_OF says.")
    assert ("since then little or none came" in built.reason) == (day > LAST)


@pytest.mark.parametrize("day", [date(2026, 10, 17), TODAY, date(2099, 1, 1)])
def test_a_day_before_all_events_or_not_over_is_an_error_that_names_the_range(resolve, day):
    with pytest.raises(AsOfError) as raised:
        resolve(TWO_WEEKS, requested=day)
    assert str(raised.value) == (
        f"AS_OF={day} cannot be built: events begin on 2026-10-18, and the last day that is over "
        "is 2026-11-27 (UTC). Choose a day from the one to the other, or leave AS_OF empty for "
        "the last full day."
    )


def test_without_events_or_a_day_that_is_over_the_error_says_so(resolve):
    with pytest.raises(AsOfError, match="the first event is of 2099-01-02, and no day since"):
        resolve([datetime(2099, 1, 2, 10)])
    with pytest.raises(AsOfError, match=r"raw.product_events has no row. Put event files into"):
        resolve([])


def test_only_what_was_known_on_a_day_decides_when_it_is_asked_for(resolve):
    assert resolve(TWO_WEEKS, known_on=date(2026, 10, 20)).day == date(2026, 10, 20)
    with pytest.raises(AsOfError, match="KNOWN_ON=2026-10-17 lies before the first load"):
        resolve(TWO_WEEKS, known_on=date(2026, 10, 17))


def test_a_company_with_few_events_is_taken_as_it_is():
    # One person a day, at times that say nothing about the end of the day.
    days = {day: {40 + index % 7: 1} for index, day in enumerate(SPAN)}
    assert last_full_day(days, TODAY) == (LAST, [])


def test_a_quiet_weekday_is_compared_with_its_like():
    # A company that works from Monday to Friday; the last of October was a Saturday.
    days = {day: dict(WHOLE) if day.weekday() < 5 else {40: 2} for day in SPAN}
    assert last_full_day(days, TODAY) == (LAST, [])


def test_a_day_that_the_export_went_on_after_has_not_broken_off():
    # An evening of no events, and a whole day after it.
    days = regular()
    days[date(2026, 10, 30)] = {quarter: 5 for quarter in WHOLE if quarter < 60}
    del days[LAST]
    assert last_full_day(days, TODAY)[0] == date(2026, 10, 29)
    assert last_full_day(days | {LAST: {2: 5}}, LAST)[0] == date(2026, 10, 30)
    assert last_full_day(days | {LAST: dict(WHOLE)}, TODAY)[0] == LAST


def test_after_a_silence_the_first_day_with_its_usual_events_is_full():
    days = regular(date(2026, 10, 10))
    assert last_full_day(days, TODAY)[0] == date(2026, 10, 10)
    assert last_full_day(days | {LAST: dict(WHOLE)}, TODAY)[0] == LAST
    few = {day: {40: 4} for day in SPAN if day <= date(2026, 10, 10)}
    assert last_full_day(few | {LAST: {40: 1}}, TODAY)[0] == date(2026, 10, 10)
    assert last_full_day(few | {LAST: {40: 3}}, TODAY)[0] == LAST


@given(until=st.integers(0, 94), extra=st.integers(1, 27))
def test_what_came_of_a_day_that_broke_off_never_makes_it_the_last(until, extra):
    part = {quarter: count for quarter, count in WHOLE.items() if quarter <= until}
    later = LAST + timedelta(days=extra)
    day, left_out = last_full_day(regular() | ({later: part} if part else {}), TODAY)
    # With less than five events missing nobody can tell.
    missing = sum(WHOLE.values()) - sum(part.values())
    assert day == LAST or missing < 5
    assert all(lacks for _, lacks in left_out)


@given(
    counts=st.lists(st.integers(0, 300), min_size=1, max_size=61),
    today=st.sampled_from([*SPAN[1:], TODAY]),
    quarter=st.integers(0, 95),
)
def test_the_day_is_one_with_events_that_is_over_whatever_the_counts(counts, today, quarter):
    days = {day: {quarter: n} for day, n in zip(SPAN, counts, strict=False) if n}
    if not any(day < today for day in days):
        return
    day, left_out = last_full_day(days, today)
    assert day in days
    assert day < today
    assert all(day < other < today for other, _ in left_out)


@given(
    moments=st.lists(st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 20)), min_size=1),
    zone=st.sampled_from(["UTC", LOS_ANGELES, "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_days_and_quarters_are_those_of_the_zone(database, moments, zone):
    database.execute(
        "create or replace table raw.product_events as select unnest($moments::timestamp[]) as "
        "event_ts, null::timestamp as received_at, timestamp '2026-01-01' as _loaded_at",
        {"moments": moments},
    )
    resolve_as_of(database, None, TODAY, zone)
    counted = database.execute("select local_day, quarter, event_count from quarters").fetchall()
    local = [moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)) for moment in moments]
    expected = Counter((m.date(), m.hour * 4 + m.minute // 15) for m in local)
    assert {(day, quarter): n for day, quarter, n in counted} == expected
