"""No model tries pairs of rows of two tables that grow, and no window sees all rows at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from orchestration.settings.pseudonym_key import DEMONSTRATION_KEY, SET_KEY
from tests.plans.read import (
    LOOPS,
    PRODUCTS,
    Step,
    divided_windows,
    estimated,
    measured,
    pair_by_pair,
    undivided_windows,
)

pytestmark = pytest.mark.exhaustive

PAIRS = 1_000_000
ROWS_AT_ONCE = 200_000
# Of all groups together, where the largest table of the test has 840,000 rows.
ROWS_IN_GROUPS = 600_000

# DuckDB 2 finds a way for a condition of one side beside the keys, which once kept a history of
# thirteen years from ending; for either of two keys nobody does.
EITHER_OF_TWO_KEYS = """
    select count(*)
    from (from marts.fct_account_daily limit 2000) as one
    inner join (from marts.fct_account_daily limit 2000) as other
        on one.account_id = other.account_id or one.mrr = other.mrr
"""
EVERY_DAY_OF_EVERY_OTHER = """
    select count(*)
    from marts.fct_account_activity_daily as one
    cross join marts.dim_dates as dates
"""
ALL_IN_ONE_ORDER = """
    with numbered as (
        select row_number() over (order by metric_date, segment) as number
        from marts.fct_metrics_daily
    )
    select max(number) from numbered
"""
EVERY_ROW_IN_GROUPS = """
    with summed as (
        select
            sum(numerator) over (partition by metric, segment order by metric_date) as summed_value
        from marts.fct_metrics_daily
    )
    select max(summed_value) from summed
"""


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set preserve_insertion_order = false; set threads = 2")
        connection.execute(SET_KEY, [DEMONSTRATION_KEY])
        yield connection


def sizes_in(connection: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    tables = "select table_name, estimated_size from duckdb_tables()"
    return dict(connection.execute(tables).fetchall())


def objections(
    connection: duckdb.DuckDBPyConnection, query: str, sizes: Mapping[str, int]
) -> list[str]:
    """Return what is wrong with the plan of a query.

    All are judged by the rows that there were, and a loop by the estimate where one side is empty
    on the data of the test.
    """
    plan = estimated(connection, query)
    expected = pair_by_pair(plan, LOOPS, PAIRS, sizes)
    if (
        expected
        or pair_by_pair(plan, PRODUCTS, PAIRS, sizes)
        or undivided_windows(plan, ROWS_AT_ONCE)
        or divided_windows(plan, ROWS_IN_GROUPS)
    ):
        plan = measured(connection, query)
    looped = pair_by_pair(plan, LOOPS, PAIRS, sizes)
    loops = looped or (expected if any(map(_untried, plan)) else [])
    products = pair_by_pair(plan, PRODUCTS, PAIRS, sizes)
    windows = [*undivided_windows(plan, ROWS_AT_ONCE), *divided_windows(plan, ROWS_IN_GROUPS)]
    return [*map(_join, [*loops, *products]), *map(_window, windows)]


def _untried(step: Step) -> bool:
    return step.name in LOOPS and not step.pairs


def _window(window: Step) -> str:
    rows = f"{window.inputs[0].rows:,} rows"
    if not window.undivided:
        return f"a window that holds {rows} in its groups; count from change to change"
    return f"a window over all of {rows}: {window.undivided[0]}"


def _join(join: Step) -> str:
    one, other = (f"{side.rows:,}" for side in join.inputs)
    return f"{join.name} of {one} and {other} rows; give it a key, or one side few rows"


@pytest.fixture(scope="module")
def found(built) -> dict[str, list[str]]:
    compiled = built.settings.warehouse.parent / "dbt/compiled/customer_health/models"
    queries = {path.stem: path.read_text() for path in compiled.rglob("*.sql") if path.is_file()}
    assert len(queries) > 300
    with opened(built.settings.warehouse) as connection:
        sizes = sizes_in(connection)
        return {
            model: said
            for model, query in queries.items()
            if query.strip() and (said := objections(connection, query, sizes))
        }


def test_no_model_tries_pair_by_pair_or_looks_at_all_rows_at_once(found):
    assert set(found) == {"fct_latency_daily"}, found
    (said,) = found["fct_latency_daily"]
    # A percentile of a day asks for all its buckets; of thirteen years they took less than 3 GB.
    assert "in its groups" in said


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (EITHER_OF_TWO_KEYS, "BLOCKWISE_NL_JOIN"),
        (EVERY_DAY_OF_EVERY_OTHER, "CROSS_PRODUCT"),
        (ALL_IN_ONE_ORDER, "a window over all of"),
        (EVERY_ROW_IN_GROUPS, "a window that holds"),
    ],
    ids=[
        "either of two keys",
        "days by days",
        "one order of everything",
        "every row in a group",
    ],
)
def test_a_planted_one_is_found(built, query, reason):
    with opened(built.settings.warehouse) as connection:
        (said,) = objections(connection, query, sizes_in(connection))
    assert said.startswith(reason)


def test_settings_and_catalogues_may_meet_every_row(built):
    with opened(built.settings.warehouse) as connection:
        query = """
            select count(*)
            from marts.fct_account_health_components_daily as scores
            cross join raw.run_parameters
            left join seeds.score_bands as bands
                on scores.component_score >= bands.lower_bound or bands.band = 'none'
        """
        assert objections(connection, query, sizes_in(connection)) == []
