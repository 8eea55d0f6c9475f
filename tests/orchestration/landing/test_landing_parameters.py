"""Which day a run builds, and with which key it makes pseudonyms."""

from datetime import date, datetime

import pytest

from orchestration.landing.errors import AsOfError, LandingError
from orchestration.landing.parameters import (
    DEMONSTRATION_KEY,
    resolve_as_of,
    write_pseudonym_key,
    write_run_parameters,
)

TODAY = date(2026, 2, 10)


@pytest.fixture
def events(connection):
    connection.execute("create schema raw")
    connection.execute(
        "create table raw.product_events as select * from (values "
        "(timestamp '2026-01-01 10:00', timestamp '2026-01-01 10:01', timestamp '2026-01-20'), "
        "(timestamp '2026-01-30 10:00', timestamp '2026-02-02 00:00', timestamp '2026-02-02'), "
        "(timestamp '2026-01-31 23:59', null, timestamp '2026-02-02')) "
        "t(event_ts, received_at, _loaded_at)"
    )
    return connection


def test_the_day_is_the_last_on_which_events_arrived(events):
    assert resolve_as_of(events, None, TODAY) == date(2026, 2, 2)


def test_the_day_is_never_today_or_later(events):
    assert resolve_as_of(events, None, date(2026, 2, 2)) == date(2026, 2, 1)
    assert resolve_as_of(events, None, date(2026, 1, 10)) == date(2026, 1, 9)


@pytest.mark.parametrize("requested", [date(2026, 1, 1), date(2026, 1, 15), date(2026, 2, 2)])
def test_a_requested_day_within_the_events_is_built(events, requested):
    assert resolve_as_of(events, requested, TODAY) == requested


@pytest.mark.parametrize("requested", [date(2025, 12, 31), date(2026, 2, 3)])
def test_a_requested_day_outside_the_events_is_an_error_that_names_the_range(events, requested):
    with pytest.raises(AsOfError) as raised:
        resolve_as_of(events, requested, TODAY)
    assert str(raised.value) == (
        f"AS_OF={requested} lies outside the loaded events, which reach from 2026-01-01 to "
        "2026-02-02. Choose a day in that range, or leave AS_OF empty for 2026-02-02."
    )


def test_without_events_or_a_complete_day_the_error_says_so(events):
    with pytest.raises(AsOfError, match="no day since is complete"):
        resolve_as_of(events, None, date(2026, 1, 1))
    events.execute("delete from raw.product_events")
    with pytest.raises(AsOfError, match=r"raw.product_events has no row. Put event files into"):
        resolve_as_of(events, None, TODAY)


def test_only_what_was_known_on_a_day_decides_when_it_is_asked_for(events):
    assert resolve_as_of(events, None, TODAY, date(2026, 1, 20)) == date(2026, 1, 1)
    with pytest.raises(AsOfError, match="KNOWN_ON=2026-01-19 lies before the first load"):
        resolve_as_of(events, None, TODAY, date(2026, 1, 19))


def test_the_parameters_are_one_row(connection):
    write_run_parameters(connection, date(2026, 1, 1), 3)
    write_run_parameters(connection, date(2026, 1, 2), 3)
    rows = connection.execute("select as_of_date, late_days from raw.run_parameters").fetchall()
    assert rows == [(date(2026, 1, 2), 3)]
    write_run_parameters(connection, date(2026, 1, 2), 3, date(2026, 1, 9))
    known = connection.execute("select known_before from raw.run_parameters").fetchone()
    assert known == (datetime(2026, 1, 10),)


def test_the_key_is_read_from_its_file(connection, tmp_path):
    file = tmp_path / "key"
    file.write_text("0123456789abcdef-secret\n")
    write_pseudonym_key(connection, file)
    assert connection.execute("from raw.pseudonym_key").fetchall() == [("0123456789abcdef-secret",)]


def test_without_a_key_file_the_key_is_that_of_the_demonstration(connection):
    write_pseudonym_key(connection, None)
    assert connection.execute("from raw.pseudonym_key").fetchall() == [(DEMONSTRATION_KEY,)]


def test_a_key_file_that_cannot_be_used_is_named_without_its_content(connection, tmp_path):
    with pytest.raises(LandingError, match=r"PSEUDONYM_KEY_FILE .*absent cannot be read"):
        write_pseudonym_key(connection, tmp_path / "absent")
    (tmp_path / "short").write_text("secret")
    with pytest.raises(LandingError) as raised:
        write_pseudonym_key(connection, tmp_path / "short")
    assert "holds a key too short" in str(raised.value)
    assert "secret" not in str(raised.value)
