"""The keys of the tables that a build has made: no row without one, and none that two rows share.

The YAML of a table says it as its test ``grain``. dbt takes a twelfth of a second for a test of any
size, so a run asks all keys here, in the same words as ``tests/generic/grain.sql``. Those of
intermediate tables follow from their SQL: ``make test`` asks them, and a run only where people or
files state what such a table holds. What is not here: how a broken rule is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.dbt_runner.manifest import Manifest


@dataclass(frozen=True)
class Key:
    """The key of a table.

    Attributes:
        table: node of the manifest.
        columns: that identify a row.
        query: the values that are missing or shared, with how many rows have them.
    """

    table: Mapping[str, Any]
    columns: list[str]
    query: str


def keys_of(manifest: Manifest, built: set[str], rebuild_from: date | None) -> Iterator[Key]:
    """Return the keys of these tables.

    Args:
        manifest: of dbt.
        built: identifiers of the nodes that were built.
        rebuild_from: first day that was replaced in the tables of days; None for all days.
    """
    for test in manifest["nodes"].values():
        table = manifest["nodes"].get(test.get("attached_node") or "")
        if table and table["unique_id"] in built and is_key(test) and _follows_from_data(table):
            said = test["test_metadata"]["kwargs"]
            yield Key(table, said["columns"], _query(table, said, rebuild_from))


def is_key(test: Mapping[str, Any]) -> bool:
    """Tell whether a test of the manifest is that of a key."""
    return (test.get("test_metadata") or {}).get("name") == "grain"


def _follows_from_data(table: Mapping[str, Any]) -> bool:
    return table["schema"] != "intermediate" or "input" in table["tags"]


def _query(table: Mapping[str, Any], said: Mapping[str, Any], rebuild_from: date | None) -> str:
    columns, optional = said["columns"], said.get("optional", [])
    config = table["config"]
    day = config.get("event_time") if config.get("incremental_strategy") == "replace_days" else None
    where = ""
    if rebuild_from and day in columns:
        where = f"where {day} >= date '{rebuild_from}' or {day} is null"
    missing = [f"{column} is null" for column in columns if column not in optional]
    return (
        f"select {', '.join(columns)}, count(*) as row_count from {table['relation_name']} {where} "
        f"group by all having {' or '.join(['row_count > 1', *missing])}"
    )
