"""``python -m tests.bench.same_numbers OLD NEW``: is every public number what it was?

Two warehouses or publications of the same landing files, built by two commits. Every table of
OLD's marts and reports is compared with the one that holds its content now: as it is called, or
as ``NAMES`` says. Columns that only one of them has are named and left out; doubles are compared
to twelve significant digits, as sums in another order differ in the last. What is a model still
and no table any more is a step of its readers, which are compared. It exits with 1 when rows
differ, or a table is gone, that ``EXPLAINED`` gives no reason for.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

NAMES = Path(__file__).with_name("names.json")
EXPLAINED = Path(__file__).with_name("explained.json")
MODELS = Path(__file__).parents[2] / "dbt_project" / "models"
SCHEMAS = ("marts", "reports", "intermediate")
# What says when and by what a table was built is another one in each run.
OF_THE_RUN = {"load_id", "loaded_at", "run_id", "seconds", "built_at"}


@dataclass(frozen=True)
class Compared:
    """What came of one table: rows only OLD has, rows only NEW has, columns only one has."""

    table: str
    now: str | None
    rows: int
    only_old: int = 0
    only_new: int = 0
    columns: tuple[str, ...] = ()


def compared(old: Path, new: Path) -> Iterator[Compared]:
    """Compare every public table of the old file with the new one."""
    names = json.loads(NAMES.read_text())
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("set memory_limit = '3GB'")
        for name, path in (("old", old), ("new", new)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        there = _columns(connection, "new")
        by_name = {table.split(".")[1]: table for table in there}
        for table, columns in _columns(connection, "old").items():
            if table.split(".")[0] == "intermediate":
                continue
            short = table.split(".")[1]
            now = by_name.get(names.get(short, short))
            yield _compare(connection, table, columns, now, there.get(now, {}))


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
        "semi join (select database_name, schema_name, table_name from duckdb_tables() "
        # Views of earlier commits name their database, so only these of today can be read.
        "union all select database_name, schema_name, view_name from duckdb_views() "
        "where database_name = 'new') using (database_name, schema_name, table_name) "
        f"where database_name = '{name}' and schema_name in {SCHEMAS} order by all"
    )
    for table, column, kind in rows.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _compare(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: dict[str, str],
    now: str | None,
    columns_now: dict[str, str],
) -> Compared:
    (rows,) = connection.execute(f"select count(*) from old.{table}").fetchone()
    if now is None:
        return Compared(table, None, rows)
    both = [c for c in columns if c in columns_now and c not in OF_THE_RUN]
    wanted = ", ".join(_canonical(c, columns[c]) for c in both)
    sides = [f"select {wanted} from {side}" for side in (f"old.{table}", f"new.{now}")]
    only = [
        connection.execute(f"select count(*) from ({a} except all {b})").fetchone()[0]
        for a, b in (sides, sides[::-1])
    ]
    unshared = tuple(sorted(set(columns) ^ set(columns_now)))
    return Compared(table, now, rows, *only, unshared)


def _canonical(column: str, kind: str) -> str:
    if kind in {"DOUBLE", "FLOAT"}:
        return f'printf(\'%.12g\', "{column}" + 0) as "{column}"'
    return f'"{column}"'


def main(old: str, new: str) -> int:
    """Print what differs; return 1 when something differs that nobody explained."""
    explained, names = json.loads(EXPLAINED.read_text()), json.loads(NAMES.read_text())
    models = {path.stem for path in MODELS.rglob("*.sql")}
    unexplained = equal = 0
    for found in compared(Path(old), Path(new)):
        short = found.table.split(".")[1]
        differs = found.now is None or found.only_old or found.only_new
        reason = explained.get(short, "")
        if found.now is None and names.get(short, short) in models:
            reason = reason or "It is a step of its readers."
        if differs:
            unexplained += not reason
            rows = f"-{found.only_old:,} +{found.only_new:,} of {found.rows:,} rows"
            what = f"{rows} in {found.now}" if found.now else "is no more"
            print(f"{found.table}: {what}. {reason or 'NOT EXPLAINED'}")
        else:
            equal += 1
        if found.now and found.columns:
            print(f"  columns of one only: {', '.join(found.columns)}")
    print(f"{equal} tables are equal, {unexplained} differ without a reason.")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
