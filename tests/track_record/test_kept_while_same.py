"""A table that says so stays as it is while its SQL and the rows that it reads are the same."""

import duckdb
import pytest

from orchestration.dbt_runner.in_process import invoke

TABLE = "intermediate.int_health_backtest_accounts"
# No build leaves it.
MARK = -1


@pytest.fixture
def marked(copied):
    """The warehouse of a run, with a mark in the table, which a build takes away."""
    ask(copied, f"update {TABLE} set row_count = {MARK}")
    assert marks(copied) > 0
    return copied


def ask(settings, statement):
    with duckdb.connect(str(settings.warehouse)) as connection:
        return connection.execute(statement).fetchall()


def marks(settings):
    return ask(settings, f"select count(*) from {TABLE} where row_count = {MARK}")[0][0]


def build(settings, *arguments):
    command = ["run", "--select", "int_health_backtest_accounts", *arguments]
    result = invoke(settings, command, settings.warehouse.parent / "dbt", lambda event: None)
    assert result.success, result.exception


def test_it_stays_while_nothing_is_different(marked):
    build(marked)
    assert marks(marked) > 0


@pytest.mark.parametrize(
    "different",
    [
        "update intermediate.int_backtest_observations set event_count = 1 - event_count where "
        "account_id = (select min(account_id) from intermediate.int_backtest_observations)",
        "insert into intermediate.int_backtest_observations "
        "from intermediate.int_backtest_observations limit 1",
        "delete from intermediate.int_health_backtest_groups where dimension = 'plan'",
    ],
)
def test_it_is_made_anew_where_a_row_that_it_reads_is_another_one(marked, different):
    ask(marked, different)
    build(marked)
    assert marks(marked) == 0


@pytest.mark.parametrize("arguments", [["--vars", "lift_share: 0.2"], ["--full-refresh"]])
def test_it_is_made_anew_by_other_sql_and_where_all_is(marked, arguments):
    build(marked, *arguments)
    assert marks(marked) == 0


def test_rows_in_another_order_are_the_same_rows(marked):
    ask(marked, "create or replace table intermediate.int_backtest_observations as "
                "from intermediate.int_backtest_observations order by predictor_value")  # fmt: skip
    build(marked)
    assert marks(marked) > 0
