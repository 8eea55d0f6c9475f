"""What is asked of a warehouse: rows, outcomes, and what is missing."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rows import LEFT_LATER, NO_EVENT, OUTCOMES, questions
from tests.judge.tables import table

MONDAY = date(2026, 1, 5)
LAST_DAY = MONDAY + timedelta(200)


def warehouse(folder: Path, score: dict[str, float | None], build: str) -> Path:
    """Write a warehouse of accounts with one Monday each; those with an odd number left."""
    path = folder / f"{build}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema intermediate")
        connection.execute(
            "create table marts.fct_account_activity_daily "
            "(account_id text, activity_date date, is_active boolean, event_count bigint)"
        )
        connection.execute(
            "create table intermediate.int_account_snapshots as "
            f"select 'a' || i as account_id, date '{MONDAY}' as snapshot_date from range(60) t(i)"
        )
        connection.execute(
            "create table marts.fct_account_outcomes as select account_id, snapshot_date, "
            "'churn' as label, 42 as horizon_days, case when account_id != 'a59' "
            "then cast(account_id[2:] as integer) % 2 = 1 end as is_event "
            "from intermediate.int_account_snapshots"
        )
        connection.execute(
            "create table marts.fct_account_health_daily as select account_id, "
            "snapshot_date as score_date, null::double as health_score, null::text as band, "
            "'mature' as scoring_stage "
            "from intermediate.int_account_snapshots"
        )
        for account, value in score.items():
            band = None if value is None else "at_risk" if value < 50 else "healthy"
            connection.execute(
                "update marts.fct_account_health_daily set health_score = ?, band = ? "
                "where account_id = ?",
                [value, band, account],
            )
        connection.execute(
            "create table intermediate.int_health_predictors as select account_id, "
            "score_date as snapshot_date, predictor, case when predictor = 'health_score' "
            "then health_score else -1.0 end as predictor_value "
            "from marts.fct_account_health_daily cross join (values ('health_score'), "
            "('recency'), ('active_days_28d'), ('active_days_90d'), ('usage_trend')) t(predictor) "
            "where health_score is not null"
        )
        connection.execute(
            "create table marts.fct_account_health_components_daily as "
            "select account_id, score_date, component, "
            "case when component = 'level' then health_score end as component_score "
            "from marts.fct_account_health_daily "
            "cross join (values ('level'), ('absent')) t(component)"
        )
    return path


def scores(turned: bool = False) -> dict[str, float | None]:
    """Those who leave score below 50, or above where it is turned; a58 and a59 have no score."""
    return {
        f"a{number}": None if number > 57 else 20.0 + number / 2 + 50 * (number % 2 == turned)
        for number in range(60)
    }


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("judged")
    after = warehouse(folder, scores(), "after")
    before = warehouse(folder, scores(turned=True), "before")
    (question,) = questions(after, ("churn", "silence", "no_event_180d"), before)
    return question


def test_what_has_no_known_outcome_is_not_asked_about(asked):
    assert len(asked.event) == 59
    assert asked.event.sum() == 29


def test_who_has_no_score_stays_a_row_and_the_score_is_missing_and_not_zero(asked):
    assert np.isnan(asked.said["health_score"]).sum() == 1
    assert np.nanmin(asked.said["health_score"]) > 0


def test_the_score_before_is_about_the_same_customers_and_outcomes(asked):
    lines = "\n".join(table([asked]))
    assert "| score | 1.000" in lines
    assert "| score, before | .000" in lines
    assert "| score less score before | +1.000" in lines


def test_the_score_is_ranked_within_each_stage_too(asked):
    lines = "\n".join(table([asked]))
    assert "| score, of stage mature alone | 1.000 (1.000 to 1.000), 100% of them |" in lines
    assert "of stage renewal" not in lines


def test_a_component_without_any_value_has_no_line_and_the_others_say_how_often_they_are_there(
    asked,
):
    lines = "\n".join(table([asked]))
    assert "`absent`" not in lines
    assert "| component `level` | 1.000 (1.000 to 1.000), on 98% |" in lines


def test_a_band_is_that_of_the_build_that_is_asked(asked):
    lines = "\n".join(table([asked]))
    assert "| had it while at risk | 100.0%" in lines
    assert "| had it while at risk, before | 0.0%" in lines
    assert "| had it while watch | nobody |" in lines
    assert "| bands in order | a band is empty |" in lines


def test_without_a_build_of_before_nothing_is_said_of_it(tmp_path):
    (question,) = questions(warehouse(tmp_path, scores(), "alone"), ("churn",))
    assert not [line for line in table([question]) if ", before" in line]


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create schema intermediate")
        connection.execute(
            "create table marts.fct_account_outcomes (account_id text, snapshot_date date, "
            "label text, horizon_days integer, is_event boolean)"
        )
        yield connection


active_days = st.sets(st.integers(-95, 199), max_size=6)


@settings(max_examples=60, deadline=None)
@given(days=active_days, events=st.integers(1, 3))
@pytest.mark.parametrize("delay", [0, 7, 21])
def test_the_question_of_the_quarter_is_that_of_walking_through_the_days(
    connection, delay, days, events
):
    """On a Monday that many days after the first of the quarter, or too late to be followed."""
    monday = MONDAY + timedelta(delay)
    connection.execute(
        "create or replace table marts.fct_account_activity_daily as select 'a' as account_id, "
        "date '2025-06-01' + cast(i as integer) as activity_date, false as is_active, "
        "0::bigint as event_count from range(?) t(i)",
        [(LAST_DAY - date(2025, 6, 1)).days + 1],
    )
    for day in days:
        connection.execute(
            "update marts.fct_account_activity_daily set is_active = true, event_count = ? "
            "where activity_date = ?",
            [events, MONDAY + timedelta(day)],
        )
    connection.execute(
        "create or replace table intermediate.int_account_snapshots as "
        "select 'a' as account_id, ?::date as snapshot_date",
        [monday],
    )
    connection.execute("drop table if exists outcomes")
    connection.execute(OUTCOMES)
    connection.execute(NO_EVENT)
    found = connection.execute("select event from outcomes").fetchall()
    done = [day - delay for day in days]
    is_asked = (
        delay < 3
        and any(-89 <= day <= 0 for day in done)
        and events * sum(day <= 0 for day in done) >= 3
    )
    expected = [(int(not any(0 < day <= 180 for day in done)),)] if is_asked else []
    assert found == expected


@pytest.mark.parametrize(
    ("begun", "ended", "expected"),
    [
        (42, 300, [(42, 0)]),
        (42, 8, [(42, 1)]),
        (42, 7, []),
        (48, 100, [(42, 1)]),
        (49, 100, []),
        (41, 100, []),
        (91, 100, [(91, 1)]),
        (97, 300, [(91, 0)]),
    ],
)
def test_who_leaves_a_course_later_is_asked_in_its_seventh_and_its_fourteenth_week(
    connection, begun, ended, expected
):
    """Begun so many days before the Monday, ended so many after it, due to end after 300."""
    connection.execute("create schema if not exists intermediate")
    connection.execute(
        "create or replace table intermediate.int_account_snapshots as "
        "select 'a' as account_id, ?::date as snapshot_date",
        [MONDAY],
    )
    connection.execute(
        "create or replace table intermediate.int_subscriptions_deduplicated as select 'a' as "
        "account_id, timestamp '2025-01-01' as started_at, ?::timestamp as trial_ended_at, "
        "?::timestamp as ended_at, ?::date as renewal_date",
        [MONDAY - timedelta(begun), MONDAY + timedelta(ended), MONDAY + timedelta(300)],
    )
    connection.execute("drop table if exists outcomes")
    connection.execute(OUTCOMES)
    connection.execute(LEFT_LATER)
    assert connection.execute("select horizon_days, event from outcomes").fetchall() == expected
