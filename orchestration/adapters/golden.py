"""The small export beside an adapter and the landing rows expected of it, which are its test.

``python -m orchestration.adapters.golden FOLDER`` writes the rows that ``FOLDER/golden/in`` gives
into ``FOLDER/golden/out``: read them, line by line, before you commit them. What is not here:
any adapter.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.adapters.adapt import land
from orchestration.adapters.our_contract import landing_tables
from orchestration.landing.contract import SourceTable
from orchestration.landing.sql_texts import quoted

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
Report = Callable[[str], None]
Rows = dict[str, list[dict[str, Any]]]


def _silent(_text: str) -> None:
    return None


def landed(
    landing: Path, tables: Sequence[SourceTable], report: Report = _silent
) -> tuple[Rows, list[dict[str, Any]]]:
    """Load a landing folder into memory; return rows by landing table, and the quarantine.

    Values that were not told are left out; each row says its file and line.
    """
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'; set threads = 1")
        land(connection, tables, landing, MOMENT, report)
        rows = {table.folder: list(told_rows(connection, table)) for table in tables}
        quarantine = connection.execute(
            "select system || '/' || table_name, file, line_number, reason from raw.quarantine "
            "order by all"
        ).fetchall()
    names = ("table", "file", "line", "reason")
    return (
        {folder: found for folder, found in rows.items() if found},
        [dict(zip(names, row, strict=True)) for row in quarantine],
    )


def goldens_of(folder: Path) -> list[Path]:
    """List the golden exports of an adapter: ``golden``, and one more for each other dress."""
    return sorted(folder.glob("golden*"))


def expected(golden: Path) -> tuple[Rows, list[dict[str, Any]]]:
    """Read the rows expected of a golden export, and its expected quarantine."""
    rows = {f"{path.parent.name}/{path.stem}": _read(path) for path in golden.glob("out/*/*")}
    quarantine = golden / "out" / "quarantine.jsonl"
    return rows, _read(quarantine) if quarantine.exists() else []


def write_expected(folder: Path, tables: Sequence[SourceTable]) -> None:
    """Write the rows that the golden exports of an adapter give now."""
    for golden in goldens_of(folder):
        rows, quarantine = landed(golden / "in", tables, print)
        out = golden / "out"
        shutil.rmtree(out, ignore_errors=True)
        for name, found in rows.items():
            _write(out / f"{name}.jsonl", found)
        if quarantine:
            _write(out / "quarantine.jsonl", quarantine)


def told_rows(
    connection: duckdb.DuckDBPyConnection, table: SourceTable
) -> Iterator[dict[str, Any]]:
    """Yield the raw rows of a table without what was not told, by file and line."""
    described = connection.execute(
        f"select _file, _line, * exclude (_load_id, _loaded_at, _file, _line) "
        f"from raw.{quoted(table.identifier)} order by all"
    )
    names = [column[0] for column in described.description]
    for row in described.fetchall():
        told = {n: v for n, v in zip(names, row, strict=True) if v is not None}
        if not told["_is_deleted"]:
            del told["_is_deleted"]
        yield json.loads(json.dumps(told, default=str))


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


if __name__ == "__main__":
    for named in sys.argv[1:]:
        write_expected(Path(named), landing_tables())
