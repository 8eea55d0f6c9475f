"""The band of a day is found in one window; a machine that walks from day to day finds the same."""

import random
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.health.compiled import build

pytestmark = pytest.mark.exhaustive

FIRST = date(2026, 1, 1)
# Two versions: their bounds differ, and with them the zones in which nothing changes.
BANDS = {"v1": ((40, 2.5), (70, 2.5)), "v2": ((50, 4), (60, 4))}

# What no band depends on.
PASSED_ON = (
    *("lifecycle_stage", "scoring_stage", "status", "base_score", "override_effect"),
    *("neutral_score", "coverage", "is_provisional", "scorable_on", "components_date"),
)

# Halves, so that a score often lies exactly on the edge of a zone.
scores = st.one_of(st.none(), st.integers(2, 200).map(lambda n: n / 2))
steps = st.integers(-12, 12).map(lambda n: n / 2)
days = st.tuples(
    scores,
    steps,
    st.booleans(),
    st.sampled_from([0.3, 0.5, 0.8, 0.8]),
    st.sampled_from([None, None, None, None, "late"]),
    st.sampled_from(["v1", "v1", "v1", "v2"]),
)
walks = st.lists(st.one_of(st.none(), days), min_size=1, max_size=60)


def walked(walk):
    """Return the days of an account as rows: most days are a small step from the day before."""
    rows, last = [], 50.0
    for number, day in enumerate(walk):
        if day is None:
            continue
        score, step, jumps, confidence, rule, version = day
        if not jumps:
            score = last = min(100.0, max(1.0, last + step))
        elif score is not None:
            last = score
        rows.append((FIRST + timedelta(number), version, score, confidence, score and rule))
    return rows


def machine(rows):
    """Return the band of each day, found from day to day."""
    sides, before, found, scale = {}, {}, [], None
    for day, version, score, confidence, rule in rows:
        # Another model is another scale: nothing is remembered.
        if version != scale:
            sides, before, scale = {}, {}, version
        for boundary, (bound, half) in enumerate(BANDS[version], start=2):
            earlier = before.get(day - timedelta(7))
            leaps = None not in (score, earlier) and abs(score - earlier) >= 15
            if score is None:
                continue
            if rule or (confidence >= 0.5 and leaps):
                sides[boundary] = score >= bound
            elif confidence >= 0.5 and score >= bound + half:
                sides[boundary] = True
            elif confidence >= 0.5 and score < bound - half:
                sides[boundary] = False
            if rule or confidence >= 0.5:
                sides.setdefault(boundary, score >= bound)
        before[day] = score
        # Before the first score that can be trusted the band is the plain cut of the day.
        plain = {n: score is not None and score >= b for n, (b, _) in enumerate(BANDS[version], 2)}
        found.append((day, None if score is None else 1 + sum((plain | sides).values())))
    return found


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        "create table score_bands "
        "(model_version_id varchar, band_order int, lower_bound double, half_width double, "
        "band varchar)"
    )
    connection.execute(
        "create table int_health_scores_daily (account_id varchar, score_date date, "
        "model_version_id varchar, health_score double, confidence double, override_rule varchar, "
        + ", ".join(f"{column} varchar" for column in PASSED_ON)
        + ")"
    )
    for version, bounds in BANDS.items():
        for order, (bound, half) in enumerate([(0, 0), *bounds], start=1):
            connection.execute(
                "insert into score_bands values (?, ?, ?, ?, null)", [version, order, bound, half]
            )
    return connection


def lay_down(connection, accounts, until=None):
    connection.execute("delete from int_health_scores_daily")
    rows = [
        (account, *row)
        for account, rows in accounts.items()
        for row in rows
        if until is None or row[0] <= until
    ]
    if rows:
        places = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(rows))
        values = [value for row in rows for value in row]
        columns = (
            "account_id, score_date, model_version_id, health_score, confidence, override_rule"
        )
        connection.execute(
            f"insert into int_health_scores_daily ({columns}) values {places}", values
        )


def read_bands(connection):
    return connection.execute(
        "select account_id, score_date, band_order from fct_account_health_daily order by all"
    ).fetchall()


@settings(max_examples=150, deadline=None)
@given(st.lists(walks, min_size=1, max_size=3))
def test_the_window_finds_what_a_machine_finds_that_walks_from_day_to_day(connection, walks):
    accounts = {f"a{n}": walked(walk) for n, walk in enumerate(walks)}
    lay_down(connection, accounts)
    build(connection, "fct_account_health_daily")
    expected = [(account, *band) for account, rows in accounts.items() for band in machine(rows)]
    assert read_bands(connection) == sorted(expected, key=lambda row: row[:2])


def drawn_walk(drawn):
    """Return sixty days of an account that stays near the bounds and leaps now and then."""
    score, rows = 45.0, []
    for number in range(60):
        score += drawn.choice([-16, -15, *[-2, -1, -0.5, 0.5, 1, 2] * 4, 15, 16])
        score = min(80.0, max(30.0, score))
        shown = None if drawn.random() < 0.05 else score
        rule = "late" if shown and drawn.random() < 0.05 else None
        confidence = drawn.choice([0.3, 0.8, 0.8, 0.8])
        version = "v1" if number < 40 else "v2"
        rows.append((FIRST + timedelta(number), version, shown, confidence, rule))
    return rows


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_built_day_by_day_the_bands_are_those_of_one_build(connection, seed):
    # Each day is a build that begins up to three days back; what it replaces was built on other
    # scores the day before.
    drawn = random.Random(seed)
    accounts = {f"a{n}": drawn_walk(drawn) for n in range(4)}
    begin = FIRST
    lay_down(connection, accounts, until=FIRST)
    build(connection, "fct_account_health_daily")
    for number in range(60):
        end = FIRST + timedelta(number)
        next_begin = end - timedelta(drawn.randint(-1, 3))
        lay_down(connection, accounts, until=end)
        connection.execute(
            "update int_health_scores_daily set health_score = 101 - health_score "
            "where score_date >= ?",
            [next_begin],
        )
        build(connection, "fct_account_health_daily", rebuild_from=begin)
        begin = next_begin
    lay_down(connection, accounts)
    build(connection, "fct_account_health_daily", rebuild_from=begin)
    day_by_day = read_bands(connection)
    build(connection, "fct_account_health_daily")
    assert day_by_day == read_bands(connection)


def test_the_zones_halve_how_often_a_random_walk_changes_its_band(connection):
    # Without the half width the plain cut would be the band.
    drawn = random.Random(7)
    rows, score = [], 40.0
    for number in range(1000):
        score += drawn.uniform(-2, 2) + (40 - score) / 10
        rows.append((FIRST + timedelta(number), "v1", score, 0.8, None))
    lay_down(connection, {"a": rows})
    build(connection, "fct_account_health_daily")
    bands = [band for _, _, band in read_bands(connection)]
    plain = [1 + (row[2] >= 40) + (row[2] >= 70) for row in rows]

    def changes(found):
        return sum(one != other for one, other in pairwise(found))

    assert 0 < changes(bands) <= changes(plain) / 2
