"""Every running sum of entries and exits against counting day by day.

A running sum over the days of an account loses what began before the first of them or in a gap, and
counts below zero when it ends: no test of a handful of days saw it.
"""

import random

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running_sums import drawn
from tests.running_sums.compiled import build, compiled, differences, lay_down
from tests.running_sums.reach_twins import REACH_TWINS
from tests.running_sums.span_twins import SPAN_TWINS
from tests.running_sums.twins import TWINS

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize("twin", [*TWINS, *SPAN_TWINS, *REACH_TWINS], ids=lambda twin: twin.model)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_a_running_sum_is_what_stands_on_the_day_built_at_once_or_by_days(connection, twin, seed):
    rng = random.Random(seed)
    for table, columns in twin.reads.items():
        lay_down(connection, table, columns, drawn.rows(table, columns, rng))
    for model in twin.before:
        connection.execute(f"create or replace table {model} as {compiled(model, is_tail=False)}")
    tail_from = rng.randint(drawn.FIRST_SPINE_DAY, drawn.LAST_DAY)
    tables = build(connection, twin.model, tail_from, twin.key)
    for table in tables:
        shown = twin.shown.format(table=table)
        assert differences(connection, shown, twin.brute_force) == [], table


def test_a_sum_that_loses_what_began_before_the_first_day_is_told(connection):
    lay_down(connection, "spine", "account_id text, activity_date date", [("a1", 40)])
    lay_down(connection, "changes", "account_id text, activity_date date", [("a1", 39)])
    lost = "select count(*) from spine inner join changes using (account_id, activity_date)"
    kept = "select count(*) from spine inner join changes using (account_id)"
    assert differences(connection, lost, kept) != []
