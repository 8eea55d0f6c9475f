"""What would be frozen now, and what it would do: read from the built warehouse.

What is computed is SQL: ``dbt_project/analyses``. What is not here: any file that is written.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

Row = Mapping[str, Any]

REFERENCES, CUT_POINTS = "score_references_proposed", "cut_points_proposed"
SHADOW = "score_references_shadow"
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
QUARTER = "select * from reports.rpt_reference_quarter"
IN_FORCE = """
select component, segment, p10, p25, p50, p75, p90, prior_value
from intermediate.int_score_references_dated
where is_drawn and valid_from <= $day and valid_to > $day
"""
RESCORED = """
select shadow.*, accounts.account_name, accounts.csm_id, accounts.mrr
from shadow
left join reports.rpt_accounts as accounts using (account_id)
order by accounts.mrr desc nulls last, account_id
"""


# What dbt has compiled, as that takes seconds; of the project as it is now.
_COMPILED: dict[tuple, dict[str, str]] = {}


class FreezeError(RuntimeError):
    """No references can be drawn. The text says why and what to do."""


@dataclass(frozen=True)
class Proposal:
    """References as they would be frozen.

    Attributes:
        quarter: the row of ``rpt_reference_quarter``.
        references: component, segment, account_count, value_count, percentiles, prior_value.
        cut_points: measure, part_number, account_count, value_count, lower_bound.
        in_force: percentiles and prior_value that hold now, by component and segment.
        too_few: components with a value in the quarter, but of too few accounts, with how many.

    """

    quarter: Row
    references: Sequence[Row]
    cut_points: Sequence[Row]
    in_force: Mapping[tuple[str, str], Row]
    too_few: Mapping[str, int]

    @property
    def valid_from(self) -> date:
        """Return the first day that would be scored by them: nothing of it is in them."""
        return self.references[0]["valid_from"]

    @property
    def drawn_from(self) -> str:
        """Return the days that they are drawn from."""
        return f"{self.quarter['first_date']} to {self.quarter['last_date']}"


def read_quarter(settings: Settings) -> Row:
    """Return the quarter that references are to be drawn from.

    Raises:
        FreezeError: nothing is built yet.

    """
    with _reading(settings) as connection:
        return _rows(connection, QUARTER)[0]


def propose(settings: Settings, quarter: Row) -> Proposal:
    """Draw references and cut points from a matured quarter.

    Raises:
        FreezeError: no component was measured of enough accounts.

    """
    references, cut_points = compiled(settings, REFERENCES), compiled(settings, CUT_POINTS)
    needed = quarter["needed_account_count"]
    with _reading(settings) as connection:
        drawn = _rows(connection, references)
        cut = _rows(connection, cut_points)
        now = _rows(connection, IN_FORCE, day=quarter["as_of_date"])
    parts = Counter(row["measure"] for row in cut)
    enough = [row for row in drawn if row["account_count"] >= needed]
    if not enough:
        raise FreezeError(
            f"Of no component of the score {needed} customers have a value between "
            f"{quarter['first_date']} and {quarter['last_date']}, so nothing can be usual. "
            "See in the report which sources have landed."
        )
    return Proposal(
        quarter,
        enough,
        # One part alone is no cut: all are alike.
        [row for row in cut if row["account_count"] >= needed and parts[row["measure"]] > 1],
        {(row["component"], row["segment"]): row for row in now},
        {
            row["component"]: row["account_count"]
            for row in drawn
            if row["segment"] == "all" and row["account_count"] < needed
        },
    )


def rescored(settings: Settings, references: Sequence[Row]) -> list[Row]:
    """Return what every customer with a score would have under references, the most revenue first.

    Rows hold account_id, account_name, csm_id, mrr, health_score and band, and new_health_score
    and new_band, both bands by the plain cut.
    """
    query = compiled(settings, SHADOW)
    columns = ("component", "segment", *PERCENTILES, "prior_value")
    with _reading(settings) as connection:
        types = ", ".join(f"{c} double" for c in (*PERCENTILES, "prior_value"))
        connection.execute(
            f"create temp table new_references (component varchar, segment varchar, {types})"
        )
        places = ", ".join("?" * len(columns))
        connection.executemany(
            f"insert into new_references values ({places})",
            [[row[column] for column in columns] for row in references],
        )
        connection.execute(f"create temp table shadow as {query}")
        return _rows(connection, RESCORED)


def compiled(settings: Settings, name: str) -> str:
    """Return the SQL of an analysis, as dbt compiles it for DuckDB and this warehouse.

    Raises:
        FreezeError: dbt cannot compile it.

    """
    prepare_manifest(settings)
    key = (settings.manifest, settings.manifest.stat().st_mtime_ns, settings.warehouse.stem)
    if key not in _COMPILED:
        target = settings.warehouse.parent / "dbt"
        command = ["compile", "--select", REFERENCES, CUT_POINTS, SHADOW]
        result = invoke(settings.on_duckdb, command, target, lambda _: None)
        if not result.success:
            raise FreezeError(f"dbt cannot compile {', '.join(command[2:])}: {result.exception}")
        _COMPILED.clear()
        _COMPILED[key] = {o.node.name: o.node.compiled_code for o in result.result}
    return _COMPILED[key][name]


@contextmanager
def _reading(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    if not settings.warehouse.exists():
        raise FreezeError(f"There is no warehouse {settings.warehouse} yet. Run make run first.")
    with Warehouse.of(settings).reading() as connection:
        try:
            yield connection
        except duckdb.CatalogException as error:
            raise FreezeError(
                f"{settings.warehouse} lacks what references are drawn from. Run make run first. "
                f"{error}"
            ) from error


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[dict]:
    found = connection.execute(query, values or None)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
