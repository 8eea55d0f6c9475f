"""What a release did, beside the platforms that it did not reach, in worlds with a known effect."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from orchestration.plays.releases import effects_of_releases

FIRST, RELEASED, LAST = date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 10)
PLATFORMS = ("android", "ios", "web")


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute("set threads = 1")
        opened.execute("create schema marts; create schema staging")
        yield opened


def lay_down(connection, accounts=300, effect=0.0, errors=0.0, parted=0.0, features=None):
    """Invent days of accounts on three platforms; the release reaches two of them.

    ``effect`` is what it does to the use of those two, in logarithms, ``errors`` to their share of
    sessions with an error, and ``parted`` how their use changes in the month before it.
    """
    rng = np.random.default_rng(11)
    level = rng.normal(3.5, 0.4, accounts)
    rows = []
    for number in range(accounts):
        platform = PLATFORMS[number % 3]
        is_reached = platform != "web"
        for ahead in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=ahead)
            # A holiday of everybody, which is nobody's effect.
            usual = level[number] - (0.7 if day >= RELEASED else 0)
            usual += is_reached * (effect * (day >= RELEASED))
            usual += is_reached * parted * (day >= RELEASED - timedelta(days=28))
            failed = 4 + 20 * errors * is_reached * (day >= RELEASED) + rng.integers(0, 3)
            events = int(rng.poisson(np.exp(usual)))
            rows.append((f"a{number}", day, True, platform, events, int(failed), 20))
    connection.execute(
        "create table marts.fct_account_daily (account_id text, activity_date date, is_customer "
        "boolean, platform text, event_count bigint, error_session_count_28d bigint, "
        "session_count_28d bigint)"
    )
    kinds = ("text", "date", "boolean", "text", "bigint", "bigint", "bigint")
    unnested = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
    connection.execute(
        f"insert into marts.fct_account_daily select {unnested}",
        [list(column) for column in zip(*rows, strict=True)],
    )
    connection.execute(
        "create table marts.dim_features (feature_id text, released_on date, platforms text, "
        "is_release_known boolean)"
    )
    connection.executemany(
        "insert into marts.dim_features values (?, ?, ?, ?)",
        features or [("exports", RELEASED, "ios|android", True)],
    )
    connection.execute(
        "create table staging.stg_product__releases (release_id text, feature_id text, "
        "released_at timestamp, rejection_reason text)"
    )


def of(connection):
    return {effect.outcome: effect for effect in effects_of_releases(connection)}


def test_a_planted_effect_is_found_on_the_platforms_reached_and_labelled_as_not_randomised(
    connection,
):
    lay_down(connection, effect=0.3, errors=0.1)
    found = of(connection)
    use, errors = found["usage"], found["session_errors"]
    # Of ln(1 + events) a little less than of ln(events).
    assert use.estimate.value == pytest.approx(0.3, abs=0.02)
    assert use.estimate.low > 0.2
    assert errors.estimate.value == pytest.approx(0.1, abs=0.02)
    assert errors.estimate.low > 0.05
    assert {effect.method for effect in found.values()} == {"other_platforms"}
    assert not any(effect.is_randomised for effect in found.values())
    assert use.counts == (200, 100)


def test_a_holiday_of_everybody_is_no_effect_of_the_release(connection):
    lay_down(connection)
    use = of(connection)["usage"]
    assert use.status == "ok"
    assert use.estimate.low < 0 < use.estimate.high


def test_platforms_that_had_parted_before_leave_no_finding(connection):
    lay_down(connection, effect=0.3, parted=0.3)
    use = of(connection)["usage"]
    assert use.status == "placebo_failed"
    assert "already parted by" in use.reason


def test_what_reaches_all_or_is_too_new_or_of_too_few_is_not_compared(connection):
    lay_down(
        connection,
        accounts=30,
        features=[
            ("everywhere", RELEASED, None, True),
            ("too_new", LAST - timedelta(days=5), "ios", True),
            ("day_not_told", RELEASED, "ios", False),
            ("few", RELEASED, "ios", True),
        ],
    )
    found = effects_of_releases(connection)
    assert {effect.play for effect in found} == {f"release of few on {RELEASED}"}
    assert {effect.status for effect in found} == {"too_few"}


def test_a_later_release_of_a_feature_is_one_of_its_own(connection):
    lay_down(connection, accounts=30, features=[("exports", date(2020, 1, 1), "ios", True)])
    connection.execute(
        "insert into staging.stg_product__releases values "
        f"('r1', 'exports', '{RELEASED} 06:00:00', null), ('r2', null, '{RELEASED} 06:00:00', null)"
    )
    assert {effect.play for effect in effects_of_releases(connection)} == {
        f"release of exports on {RELEASED}"
    }
