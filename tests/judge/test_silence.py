"""A score that rises on a day on which nobody came is found, and nothing else is taken for it."""

from datetime import date, timedelta

import duckdb
import pytest

from tests.judge.silence import said, silence_of

FIRST = date(2026, 1, 5)
# Parts are measured, and there is no score yet.
TOO_NEW = -1
# Of each account: score, model and whether anybody came, by day.
DAYS = {
    "falls": [(50, "mature-1", True), (45, "mature-1", False), (45, "mature-1", False)],
    "rises when it comes": [
        (50, "mature-1", True),
        (45, "mature-1", False),
        (60, "mature-1", True),
    ],
    "changes its model": [(50, "onboarding-1", False), (60, "mature-1", False)],
    "was too new": [(TOO_NEW, "mature-1", False), (60, "mature-1", False)],
    "has no score": [(None, None, False), (40, "mature-1", False), (None, "mature-1", False)],
}
RISES = {"rises": [(50, "mature-1", True), (50.25, "mature-1", False), (50, "mature-1", False)]}


def warehouse(folder, days):
    path = folder / "silence.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_account_health_daily (account_id text, score_date date, "
            "base_score double, health_score double, model_version_id text)"
        )
        connection.execute(
            "create table marts.fct_account_activity_daily "
            "(account_id text, activity_date date, is_active boolean)"
        )
        for account, rows in days.items():
            for number, (score, model, came) in enumerate(rows):
                day = FIRST + timedelta(number)
                connection.execute(
                    "insert into marts.fct_account_health_daily values (?, ?, ?, ?, ?)",
                    [account, day, *((5, None) if score == TOO_NEW else (score, score)), model],
                )
                connection.execute(
                    "insert into marts.fct_account_activity_daily values (?, ?, ?)",
                    [account, day, came],
                )
    return path


def test_only_silent_days_with_a_score_of_the_same_model_on_the_eve_are_asked(tmp_path):
    found = silence_of(warehouse(tmp_path, DAYS))
    assert (found.days, found.accounts, found.rises, found.largest) == (3, 2, 0, 0)
    assert said(found).endswith("The score never rose on one of them.")


def test_a_rise_on_a_silent_day_is_counted_with_its_points(tmp_path):
    found = silence_of(warehouse(tmp_path, DAYS | RISES))
    assert (found.days, found.rises) == (5, 1)
    assert found.largest == pytest.approx(0.25)
    assert said(found).endswith("The score rose on 1 of them, by 0.25 points at most.")
