"""Which parameters a run writes down."""

from datetime import date, datetime

from orchestration.landing.parameters import DayBuilt, write_run_parameters


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
