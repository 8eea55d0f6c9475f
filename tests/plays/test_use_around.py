"""How much was used before and after a day is counted over days of which that is known."""

import duckdb
import pytest

from tests.running_sums.compiled import SETTINGS, compiled, lay_down

COLUMNS = (
    "account_id varchar, activity_date date, is_customer boolean, event_count bigint, "
    "lifecycle_stage varchar, health_score double, mrr double, seat_count bigint, "
    "tenure_days bigint, active_days_28d bigint, active_user_count_28d bigint, "
    "used_feature_count_28d bigint, days_since_last_activity bigint, ticket_count_28d bigint, "
    "error_session_count_28d bigint, session_count_28d bigint"
)
AFTER = int(SETTINGS["play_outcome_days"])
LOOKED_AT = 60


def use_around(events):
    """Return what is said of day 60 of an account with so many events a day; ... is no customer."""
    with duckdb.connect(config={"threads": 1}) as connection:
        rows = [
            ("a", day, True, count, *[None] * 12)
            for day, count in enumerate(events)
            if count is not ...
        ]
        lay_down(connection, "fct_account_daily", COLUMNS, rows)
        query = compiled("int_play_use_around", is_tail=False)
        return connection.execute(
            "select use_week_before, use_before, use_earlier, use_after "
            f"from ({query}) where observed_on = date '2026-01-01' + {LOOKED_AT}"
        ).fetchone()


@pytest.mark.parametrize("silent", [range(56, 66), range(30, 45), range(10, 25), range(70, 90)])
def test_days_on_which_the_source_was_silent_are_no_days_without_use(silent):
    events = [None if day in silent else 3 for day in range(LOOKED_AT + AFTER + 1)]
    assert use_around(events) == (3, 3, 3, 3)


def test_where_no_day_is_known_nothing_is_said():
    events = [None if day >= LOOKED_AT - 7 else 2 for day in range(LOOKED_AT + AFTER + 1)]
    assert use_around(events) == (None, 2, 2, None)


def test_a_day_without_an_event_counts_as_one():
    events = [4 if day % 2 else 0 for day in range(LOOKED_AT + AFTER + 1)]
    assert use_around(events)[1:] == (2, 2, 2)


def test_days_of_a_former_or_later_stay_are_not_among_them():
    days = range(LOOKED_AT + 2 * AFTER)
    was_away = {*range(10, LOOKED_AT - 3), *range(LOOKED_AT + 5, LOOKED_AT + AFTER + 1)}
    events = [... if day in was_away else 1 if abs(day - LOOKED_AT) < 9 else 50 for day in days]
    assert use_around(events) == (1, 1, 50, 1)
