"""Lands a small company and builds what a question about it needs, and no more.

``python -m tests.cases.built LANDING WAREHOUSE [--as-of DAY] MODEL …`` does it by hand; the
warehouse can then be opened with DuckDB.
"""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.adapters.adapt import land
from orchestration.dbt_runner.build import extent
from orchestration.dbt_runner.build_state import (
    first_day_to_rebuild,
    must_be_full,
    remember_build,
)
from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest, reporting_zone
from orchestration.landing.contract import declared_tables
from orchestration.landing.parameters import (
    resolve_as_of,
    write_run_parameters,
)
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in

LATE_DAYS = 3
TODAY = date(2026, 11, 28)


def write_landing(landing: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write rows as JSON lines into ``<system>/<table>/rows.jsonl``; return the folder."""
    for table, rows in tables.items():
        path = landing / table / "rows.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return landing


def build(
    folder: Path,
    landing: Path,
    models: Sequence[str],
    as_of: date | None = None,
    say: Callable[[str], None] = lambda text: None,
    loaded_at: datetime = datetime(2026, 11, 28, 6, tzinfo=UTC),
    known_on: date | None = None,
) -> Settings:
    """Land the files and build these models with all that they read; no data test is run.

    Built in a folder that holds a warehouse already, it is a later day: models that keep their
    days replace those that can have changed, as in a daily run. A later day is to name the same
    models, as what it does not name stays as it was.

    Raises:
        AssertionError: a model could not be built; the text is dbt's.

    """
    settings = settings_in(folder, landing)
    tables = list(declared_tables(prepare_manifest(settings)))
    with Warehouse.of(settings).writing() as connection:
        land(connection, tables, landing, loaded_at, say)
        day = resolve_as_of(connection, as_of, TODAY, reporting_zone(settings).key, known_on)
        write_run_parameters(connection, day.day, LATE_DAYS, known_on, day)
    rebuild_from = None
    if not (is_full := must_be_full(settings)):
        run_dbt(settings, ["--select", "+int_rebuild_window"])
        rebuild_from = first_day_to_rebuild(settings)
    named = [f"+{model}" for model in models]
    run_dbt(settings, [*extent(is_full, rebuild_from), "--select", *named])
    remember_build(settings, rebuild_from)
    return settings


def run_dbt(settings: Settings, arguments: Sequence[str]) -> None:
    """Build what the arguments of dbt choose, without its tests; what fails is named."""
    command = ["build", "--no-write-json", "--exclude-resource-type", "test", "unit_test"]
    command += arguments
    result = invoke(settings, command, settings.warehouse.parent / "dbt", lambda _: None)
    assert result.success, [
        outcome.message for outcome in (result.result or []) if outcome.status == "error"
    ] or result.exception


def relation(model: str) -> str:
    """Return a model with its schema, for example ``marts.fct_tickets``."""
    schemas = {"int": "intermediate", "dim": "marts", "fct": "marts", "rpt": "reports"}
    return f"{schemas[model.split('_')[0]]}.{model}"


def asking(settings: Settings) -> Callable[[str], list[tuple]]:
    """Return a function that answers a query with its rows."""

    def ask(query: str) -> list[tuple]:
        with Warehouse.of(settings).reading() as connection:
            return connection.execute(query).fetchall()

    return ask


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("landing", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--as-of", type=date.fromisoformat)
    chosen = parser.parse_args()
    done = build(chosen.folder, chosen.landing.resolve(), chosen.models, chosen.as_of, print)
    print(done.warehouse)
    with duckdb.connect(str(done.warehouse), read_only=True) as connection:
        print(connection.execute("select * from raw.run_parameters").fetchall())
