"""Which parameters a run writes down, and with which key it makes pseudonyms."""

from datetime import date, datetime

import pytest

from orchestration.landing.errors import LandingError
from orchestration.landing.parameters import (
    DEMONSTRATION_KEY,
    DayBuilt,
    write_pseudonym_key,
    write_run_parameters,
)


def test_the_parameters_are_one_row(connection):
    write_run_parameters(connection, date(2026, 1, 1), 3)
    write_run_parameters(connection, date(2026, 1, 2), 3)
    rows = connection.execute("select as_of_date, late_days from raw.run_parameters").fetchall()
    assert rows == [(date(2026, 1, 2), 3)]
    write_run_parameters(connection, date(2026, 1, 2), 3, date(2026, 1, 9))
    known = connection.execute("select known_before from raw.run_parameters").fetchone()
    assert known == (datetime(2026, 1, 10),)
    built = DayBuilt(date(2026, 1, 2), date(2026, 1, 1), "as AS_OF says")
    write_run_parameters(connection, built.day, 3, built=built)
    told = connection.execute("select last_full_date, as_of_reason from raw.run_parameters")
    assert told.fetchone() == (date(2026, 1, 1), "as AS_OF says")


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
