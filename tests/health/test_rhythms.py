"""What holds of rhythm, level and score of whoever comes as they like and then stays away."""

import random
from datetime import date, timedelta
from itertools import pairwise

import numpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.health.company import opened
from tests.health.compiled import VARIABLES, build
from tests.health.compiled_use import RHYTHMS, lay_down_days, measure

pytestmark = pytest.mark.exhaustive

START = date(2025, 1, 1)
SCORED_BY = (
    *("int_scored_models_daily", "int_component_values_carried_forward_daily"),
    *("int_component_scores_daily", "int_health_components_daily"),
    *("fct_account_health_components_daily", "int_health_scores_daily"),
)


@pytest.fixture(scope="module")
def connection():
    laid_down = opened()
    for model in ("int_score_curve_segments", "dim_score_components", "int_score_version_lineage"):
        build(laid_down, model)
    return laid_down


def drawn_days(drawn, account, length):
    """Return the days of an account that comes as it likes up to some day, and the last of them."""
    first = START + timedelta(drawn.randint(0, 40))
    last, usual = drawn.randint(0, length - 1), drawn.choice([0.9, 0.5, 0.1, 0.03])
    chance, days = usual, []
    for number in range(length):
        if drawn.random() < 0.05:
            chance = drawn.choice([0, usual, usual, 1])
        comes = number == last or (number < last and drawn.random() < chance)
        persons = drawn.randint(1, 4) if comes else 0
        done = [drawn.choice([0, 1, 40]), drawn.randint(0, 1), int(drawn.random() < 0.1)]
        numbers = done if comes else [0, 0, 0]
        days.append((account, first + timedelta(number), persons, *numbers))
    return days, first + timedelta(last)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_who_does_nothing_gains_no_points_by_it_on_any_day(connection, seed):
    drawn = random.Random(seed)
    accounts = {f"a{n}": drawn_days(drawn, f"a{n}", drawn.choice([120, 300])) for n in range(6)}
    measure(connection, [day for days, _ in accounts.values() for day in days])
    for model in SCORED_BY:
        build(connection, model)
    scores = connection.execute(
        "select account_id, score_date, health_score from int_health_scores_daily"
    ).fetchall()
    known = {(account, day): score for account, day, score in scores}
    silent = [
        (account, day)
        for account, (days, last) in accounts.items()
        for _, day, *_ in days
        if day > last
    ]
    assert silent
    for account, day in silent:
        before, after = known[account, day - timedelta(1)], known[account, day]
        assert before is None or after <= before + 1e-9, (account, day)
    # One that rises can hide behind others that fall, so they are asked one by one.
    components = connection.execute(
        "select account_id, score_date, component, coalesce(component_score, 0) "
        "from fct_account_health_components_daily"
    ).fetchall()
    measured = {(account, name, day): score for account, day, name, score in components}
    names = {name for _, _, name, _ in components}
    for account, day in silent:
        if known[account, day - timedelta(1)] is None:
            continue
        for name in names:
            before, after = (measured[account, name, at] for at in (day - timedelta(1), day))
            assert after <= before + 1e-9, (account, name, day)
            assert (after > 0) == (before > 0), (account, name, day)


def recounted(days, day, first):
    """Return last active day, gaps, usual gap, window, its days and the active ones, by hand."""
    active = [on for _, on, persons, *_ in days if persons and on <= day]
    gaps = [(b - a).days for a, b in pairwise(active)]
    gaps = gaps[-VARIABLES["rhythm_gaps"] :]
    usual = VARIABLES["usual_gap_days"]
    if len(gaps) >= VARIABLES["rhythm_minimum_gaps"]:
        # On tenths of a day, of which the last digit is noise: 21 days are three quarters of 28.
        usual = round(float(numpy.percentile(gaps, 90)), 6)
    fitting = [days for days in VARIABLES["use_windows"] if usual <= 0.75 * days]
    window = min(fitting, default=max(VARIABLES["use_windows"]))
    inside = [on for on in active if (day - on).days < window]
    there = min(window, max(28, (day - first).days + 1))
    last = active[-1] if active else None
    return last, len(gaps), pytest.approx(usual), window, there, len(inside)


@settings(max_examples=12, deadline=None)
@example(1403282)
@given(st.integers(0, 2**32))
def test_rhythm_and_level_are_what_counting_gives_and_a_later_day_changes_no_earlier_one(
    connection, seed
):
    drawn = random.Random(seed)
    accounts = {f"a{n}": drawn_days(drawn, f"a{n}", 260)[0] for n in range(5)}
    rows = [day for days in accounts.values() for day in days]
    first = min(row[1] for row in rows)
    cut = START + timedelta(drawn.randint(60, 290))

    def built():
        query = (
            "select account_id, activity_date, last_active_date, gap_count, usual_gap_days, "
            "use_window_days, counted_days, active_days from int_account_rhythms_daily order by all"
        )
        return connection.execute(query).fetchall()

    lay_down_days(connection, [row for row in rows if row[1] < cut])
    for model in RHYTHMS:
        build(connection, model)
    lay_down_days(connection, rows)
    for model in RHYTHMS:
        build(connection, model, rebuild_from=cut)
    in_two = built()
    for model in RHYTHMS:
        build(connection, model)
    assert built() == in_two
    assert len(in_two) == len(rows)
    for account, day, *found in in_two:
        assert tuple(found) == recounted(accounts[account], day, first), (account, day)
