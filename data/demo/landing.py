"""Files of the landing folder: formats, compression, and lines spliced in.

What is here: writing a table as JSONL, CSV or Parquet, plain, gzip or zstd, with damaged lines
among the good ones, and files that nobody can read. What is not here: what is in them.
"""

import csv
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.demo.damage import Recipe, damaged_line
from data.demo.ledger import Ledger, TableCount
from data.demo.text import json_lines

Rows = list[dict[str, Any]]


class JsonRows:
    """Lines of JSON, read one at a time where a few of many are needed."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return json.loads(self.lines[index])

    def __setitem__(self, index: int, row: dict[str, Any]) -> None:
        self.lines[index] = line_of(row, list(row), ".jsonl")


class LandingNotEmpty(Exception):
    """The landing folder already holds files, which must not be mixed with invented ones."""


class Landing:
    """The folder that is written, and the ledger of what went into it."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise LandingNotEmpty(
                f"{folder} is not empty; the demonstration company is only written into an "
                "empty folder. Name another one with --landing, or empty this one yourself."
            )
        self.folder, self.ledger = folder, ledger

    def path(self, table: str, file: str) -> Path:
        """Return the path of a file of ``system/name``, making its folder."""
        path = self.folder / table / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def count(self, table: str) -> TableCount:
        """Return the counts of ``system/name``."""
        return self.ledger.table(*table.split("/"))

    def write(self, table: str, file: str, data: bytes, lines: int) -> Path:
        """Write the bytes of a file, compressed as its name says, and count its lines."""
        path = self.path(table, file)
        path.write_bytes(packed(data, file))
        self.count(table).files += 1
        self.count(table).lines += lines
        return path

    def rows(
        self,
        table: str,
        file: str,
        columns: dict[str, Sequence[Any]],
        recipe: Recipe | None = None,
        rng: np.random.Generator | None = None,
    ) -> Path:
        """Write columns as CSV or JSONL, damaged by a recipe if one is given."""
        names = list(columns)
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        lines = [line_of(row, names, file) for row in rows]
        if recipe and rows and rng:
            self._spoil(table, file, rows, lines, recipe, rng)
        header = [csv_line(names)] if is_csv(file) else []
        return self.write(table, file, b"\n".join([*header, *lines, b""]), len(lines))

    def json_table(
        self, table: str, file: str, data: pa.Table, recipe: Recipe, rng: np.random.Generator
    ) -> Path:
        """Write a large Arrow table as JSONL, damaged by a recipe."""
        lines = json_lines(data)
        self._spoil(table, file, JsonRows(lines), lines, recipe, rng)
        return self.write(table, file, b"\n".join([*lines, b""]), len(lines))

    def _spoil(
        self,
        table: str,
        file: str,
        rows: "Rows | JsonRows",
        lines: list[bytes],
        recipe: Recipe,
        rng: np.random.Generator,
    ) -> None:
        """Replace some lines by ones with a warning, and put damaged ones among them."""
        count, names = self.count(table), list(rows[0])
        damaged = []
        for column, text in recipe.warnings.items():
            for index in rng.choice(len(rows), min(recipe.each, len(rows)), replace=False):
                if rows[index].get(column) is not None and rows[index][column] != text:
                    rows[index] = {**rows[index], column: text}
                    lines[index] = line_of(rows[index], names, file)
                    count.warnings[column] += 1
        for kind in recipe.kinds(is_csv(file)):
            for _ in range(recipe.each):
                row = rows[rng.integers(len(rows))]
                bad = damaged_line(kind, row, recipe, rng, lambda r: line_of(r, names, file))
                damaged.append((int(rng.integers(len(lines) + 1)), bad))
                count.quarantined[kind] += 1
        for place, bad in damaged:
            lines.insert(place, bad)

    def parquet(self, table: str, file: str, data: pa.Table) -> Path:
        """Write an Arrow table as Parquet."""
        path = self.path(table, file)
        pq.write_table(data, path, compression="zstd", row_group_size=262_144)
        self.count(table).files += 1
        self.count(table).lines += data.num_rows
        return path

    def refuse(self, table: str, file: str, data: bytes, reason: str) -> None:
        """Write a file that cannot be loaded, byte for byte, and list it with the reason."""
        self.path(table, file).write_bytes(data)
        self.ledger.refused.append({"file": f"{table}/{file}", "reason": reason})

    def replay(self, table: str, original: Path, file: str, lines: int) -> None:
        """Write a file's content again under another name."""
        self.path(table, file).write_bytes(original.read_bytes())
        named = f"{table}/{original.name}"
        self.ledger.replayed.append({"file": f"{table}/{file}", "of": named, "lines": lines})


def packed(data: bytes, file: str) -> bytes:
    """Return data compressed as the file name says; gzip without a clock in its header."""
    if file.endswith(".gz"):
        return gzip.compress(data, 4, mtime=0)
    if file.endswith(".zst"):
        return pa.Codec("zstd", compression_level=1).compress(data, asbytes=True)
    return data


def is_csv(file: str) -> bool:
    """Tell whether a file is CSV by its name."""
    return ".csv" in file


def line_of(row: dict[str, Any], names: list[str], file: str) -> bytes:
    """Return one row as a line of CSV, or of JSON without its empty values."""
    if is_csv(file):
        return csv_line([row[name] for name in names])
    return json.dumps({k: v for k, v in row.items() if v is not None}).encode()


def csv_line(values: Sequence[Any]) -> bytes:
    """Return one CSV line without its end; booleans as words, nothing for None."""
    out = io.StringIO()
    words = [str(v).lower() if isinstance(v, bool) else v for v in values]
    csv.writer(out, lineterminator="").writerow(words)
    return out.getvalue().encode()
