"""What a failed test of dbt says to an operator: which table, which rule, and which rows.

Of a row only what identifies it is shown: the key of its table, and the line that brought it.
Seeds are files of the project that people edit, so their rows are shown as they are. What is not
here: which tests there are, which the YAML beside each table says.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from orchestration.dbt_runner.keys import Key, is_key
from orchestration.private_interfaces.of_dbt import NodeResult, TestStatus
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

ROWS_SHOWN = 5
# What a person needs to find the row, beside its key.
LINEAGE = {"landed_file", "landed_line", "row_count"}


def describe(failure: NodeResult, manifest: Mapping[str, Any], settings: WarehouseSettings) -> str:
    """Return the table, the rule and the first rows that break it; for others dbt's message."""
    node = failure.node
    if failure.status != TestStatus.Fail:
        return f"{node.resource_type} {node.name}: {failure.message}"
    tested = _tested(node, manifest)
    about = manifest["nodes"].get(getattr(node, "attached_node", None) or "")
    table = f"{about['resource_type']} {about['name']}" if about else f"test {node.name}"
    with Warehouse.of(settings).reading() as connection:
        rows = _rows(connection, node.compiled_code, _shown_columns(node, tested, manifest))
    return _told(table, failure.failures or 0, _rule(node, manifest), rows)


def broken_keys(
    keys: Iterable[Key], manifest: Mapping[str, Any], settings: WarehouseSettings
) -> list[str]:
    """Return a text for each key that rows lack or share, as ``describe`` does of other rules."""
    rule = manifest["macros"]["macro.customer_health.test_grain"]["description"]
    texts = []
    with Warehouse.of(settings).reading() as connection:
        for key in keys:
            (count,) = connection.execute(f"select count(*) from ({key.query})").fetchone()
            if count:
                rows = _rows(connection, key.query, None)
                table = f"{key.table['resource_type']} {key.table['name']}"
                texts.append(_told(table, count, rule, rows))
    return texts


def _told(table: str, count: int, rule: str, rows: list[str]) -> str:
    if rows and count > len(rows):
        rows = [*rows, f"and {count - len(rows)} more"]
    return "\n  ".join([f"{table}: {count} row(s) break the rule: {rule}", *rows])


def _tested(node: Any, manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [manifest["nodes"][name] for name in node.depends_on.nodes if name in manifest["nodes"]]


def _rule(node: Any, manifest: Mapping[str, Any]) -> str:
    metadata = getattr(node, "test_metadata", None)
    column = getattr(node, "column_name", None)
    if metadata is None:
        return node.description or node.name
    macro = manifest["macros"].get(f"macro.{node.package_name}.test_{metadata.name}", {})
    rule = node.description or macro.get("description") or metadata.name
    return f"{rule} ({column})" if column else rule


def _shown_columns(
    node: Any, tested: Iterable[Mapping[str, Any]], manifest: Mapping[str, Any]
) -> set[str] | None:
    """Return the names of the columns that may be shown; None where all may."""
    names = {table["unique_id"] for table in tested}
    if all(table["resource_type"] == "seed" for table in tested):
        return None
    keys = (
        test["test_metadata"]["kwargs"]["columns"]
        for test in manifest["nodes"].values()
        if is_key(test) and test["attached_node"] in names
    )
    own = getattr(node, "test_metadata", None)
    given = own.kwargs.get("columns", []) if own else []
    return LINEAGE.union(given, *keys)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, shown: set[str] | None) -> list[str]:
    try:
        asked = connection.execute(f"select * from ({query}) limit 0").description
    except duckdb.Error:
        return []
    columns = [name for name, *_ in asked if shown is None or name in shown]
    if not columns:
        return []
    chosen = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(
        f"select distinct {chosen} from ({query}) order by all limit {ROWS_SHOWN}"
    ).fetchall()
    return [_text(columns, row) for row in rows]


def _text(columns: Iterable[str], row: Iterable[Any]) -> str:
    pairs = zip(columns, row, strict=True)
    return ", ".join(f"{name}={value}" for name, value in pairs if value is not None)
