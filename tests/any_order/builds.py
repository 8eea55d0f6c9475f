"""Builds the models in a warehouse, and compares two warehouses row by row."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import duckdb

from orchestration.dbt_runner.build import extent
from orchestration.dbt_runner.build_state import (
    first_day_to_rebuild,
    forget_build,
    must_be_full,
    remember_build,
)
from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.landing.load import land
from orchestration.landing.parameters import write_run_parameters
from orchestration.publication.places import database_of
from orchestration.publication.relations import Relation
from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import Warehouse

LATE_DAYS = 3
# How far a build had to reach, and what was published before, is what differs; nothing else may.
ABOUT_THE_RUNS = {
    "int_rebuild_window",
    "int_first_affected_days",
    "fct_health_restatements",
    "rpt_health_restatements",
    # Whom lots drew, and what became of a list, when it was published.
    "int_play_observations",
    "rpt_action_follow_up",
    # Whom a list named that was published.
    "int_loss_detections",
    "fct_detection_ledger",
    "rpt_customers_lost",
    "rpt_lost_revenue",
}


def build(settings: Settings, as_of: date, known_on: date | None = None) -> bool:
    """Land what has landed and build every model; return whether all was built from nothing.

    Rows are loaded in the morning after ``as_of``. With ``known_on`` nothing more is loaded, and
    rows that were loaded after that day do not count.
    """
    tables = list(declared_tables(prepare_manifest(settings)))
    loaded_at = datetime.combine(as_of + timedelta(days=1), time(6), UTC)
    with Warehouse(settings.warehouse).writing() as connection:
        if known_on is None:
            land(connection, tables, settings.landing, loaded_at, print)
        write_run_parameters(connection, as_of, LATE_DAYS, known_on)
    is_full = must_be_full(settings)
    if is_full:
        forget_build(settings)
    command = ["build", "--no-write-json", "--exclude-resource-type", "test", "unit_test"]
    rebuild_from = None
    if not is_full:
        run(settings, [*command, "--select", "+int_rebuild_window"])
        rebuild_from = first_day_to_rebuild(settings)
        assert known_on or rebuild_from, "the window speaks of other files than have landed"
        command += ["--exclude", "tag:rebuild_window"]
    run(settings, [*command, *extent(is_full, rebuild_from)])
    remember_build(settings, rebuild_from)
    return is_full


def take_over_features(one: Settings, other: Settings) -> int:
    """Give a new warehouse what was known of customers when their Mondays came; return the rows.

    Nothing that lands later tells it any more.
    """
    other.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with Warehouse(other.warehouse).writing() as connection:
        connection.execute(f"attach '{one.warehouse}' as one (read_only); create schema raw")
        connection.execute("create table raw.published_features as from one.raw.published_features")
        return connection.table("raw.published_features").count("*").fetchall()[0][0]


def run(settings: Settings, command: list[str]) -> None:
    """Run a command of dbt; what fails is named."""
    result = invoke(settings, command, settings.warehouse.parent / "dbt", lambda event: None)
    assert result.success, [r.message for r in result.result if r.status == "error"]


def add(batch: Path, landing: Path) -> None:
    """Put the files of a batch beside those that lie in the landing folder."""
    shutil.copytree(batch, landing, dirs_exist_ok=True)


def differing_tables(one: Path, other: Path) -> dict[str, tuple[int, int]]:
    """Return the tables that differ, with the number of rows that only one of them has."""
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)"
        )
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name in ('one', 'other') "
            "and schema_name in ('intermediate', 'marts', 'reports') "
            f"and table_name not in {tuple(ABOUT_THE_RUNS)} group by all order by all"
        ).fetchall()
        assert len(tables) > 50
        return _unlike(connection, {t: (f"one.{t}", f"other.{t}") for (t,) in tables})


def unlike_published(settings: Settings, copied: Sequence[Relation]) -> dict[str, tuple[int, int]]:
    """Return the tables whose copy in the published database, or as Parquet, has other rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{settings.warehouse}' as built (read_only)")
        connection.execute(f"attach '{database_of(settings)}' as published (read_only)")
        parquet = settings.published / "parquet"
        pairs = {}
        for relation in copied:
            files = f"'{parquet}/{relation.schema}/{relation.name}/*.parquet'"
            original = f"built.{relation.table}"
            pairs[relation.table] = (original, f"published.{relation.table}")
            pairs[f"{relation.table} as Parquet"] = (original, files)
        return _unlike(connection, pairs)


def scores_unlike_published(settings: Settings, day: date) -> int:
    """Count the accounts whose score of a day is another one than was published on it."""
    columns = "account_id, model_version_id, band, status, health_score, confidence"
    of_day = f"where score_date = date '{day}'"
    published = f"select {columns} from raw.published_scores {of_day}"
    built = f"select {columns} from marts.fct_account_health_daily {of_day}"
    with Warehouse(settings.warehouse).reading() as connection:
        assert connection.execute(f"select count(*) from ({built})").fetchone()[0] > 100
        return connection.execute(
            f"select count(*) from ((({published}) except all ({built})) "
            f"union all (({built}) except all ({published})))"
        ).fetchone()[0]


def _unlike(
    connection: duckdb.DuckDBPyConnection, pairs: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[int, int]]:
    found = {}
    for name, (one, other) in pairs.items():
        counts = connection.execute(
            f"select (select count(*) from (from {one} except all from {other})), "
            f"(select count(*) from (from {other} except all from {one}))"
        ).fetchone()
        if any(counts):
            found[name] = counts
    return found
