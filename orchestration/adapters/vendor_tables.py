"""The tables of a vendor's folder as relations that SQL reads, each read once at most.

What is not here: what is made of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.adapters.definition import LINEAGE, Adapter, VendorTable, Write
from orchestration.adapters.extraction_order import leave_out_older
from orchestration.adapters.line_queries import as_source_table
from orchestration.adapters.natural_order import in_natural_order
from orchestration.adapters.vendor_rows import create_rows, read_rows
from orchestration.landing.batches import Batch, make_batches
from orchestration.landing.errors import refusal_of_duckdb
from orchestration.landing.files import LandingFile
from orchestration.landing.sql_texts import literal, quoted

Connection = duckdb.DuckDBPyConnection
MADE = "adapted_rows"


class VendorTables:
    """The files of one folder, read by one adapter.

    In SQL every vendor table is a relation of its own name, with the columns that the adapter
    names, all of them text, and ``landed_file``, ``landed_line`` and ``is_deleted``.
    """

    def __init__(
        self,
        connection: Connection,
        adapter: Adapter,
        name: str,
        writes: Sequence[Write],
        files: Mapping[str, Sequence[LandingFile]],
        into: Path,
    ) -> None:
        """Take over the files that are to be read, each with its checksum."""
        self.connection = connection
        self.adapter = adapter
        self.name = name
        self.writes = writes
        self.files = files
        self.into = into
        connection.execute(f"create or replace temp macro this_folder() as {literal(name)}")
        # The later file has the greater number, so that what it says holds.
        names = in_natural_order(connection, {f.name for found in files.values() for f in found})
        self.numbers = {name: number for number, name in enumerate(names)}
        self.lines: dict[str, int] = {}
        self.refusals: dict[str, dict[str, LandingFile]] = {}
        self._whole: set[str] = set()
        self._told: set[tuple[str, str]] = set()
        self._absent: dict[str, int] = {}
        self._twice: dict[str, int] = {}
        self._older: dict[str, int] = {}
        self._written = 0

    def refused(self) -> Iterator[tuple[str, LandingFile]]:
        """Yield the files that cannot be read, with the names of their vendor tables."""
        for name, files in self.files.items():
            yield from ((name, file) for file in files if file.refusal)
            yield from ((name, file) for file in self.refusals.get(name, {}).values())

    def forget(self) -> None:
        """Drop the relations of the vendor's tables."""
        # After a fatal error nothing can be asked, and nothing is left.
        with suppress(duckdb.Error):
            for table in self.adapter.tables.values():
                self.connection.execute(f"drop view if exists temp.{quoted(table.relation)}")
                self.connection.execute(f"drop table if exists temp.{quoted(rows_of(table))}")
            self.connection.execute(f"drop table if exists temp.{MADE}")

    def left_out(self) -> Iterator[tuple[str, int]]:
        """Yield the tables of which lines were read that are none to count, with how many."""
        yield from sorted((name, count) for name, count in self._absent.items() if count)

    def older(self) -> Iterator[tuple[str, int]]:
        """Yield the tables of which lines stand below a newer one of the same thing, how many."""
        yield from sorted((name, count) for name, count in self._older.items() if count)

    def named_twice(self) -> Iterator[tuple[str, int]]:
        """Yield the tables of which objects were read that name a key twice, with how many."""
        yield from sorted((name, count) for name, count in self._twice.items() if count)

    def readable(self, name: str) -> list[LandingFile]:
        """Return the files of a table that were not refused."""
        return [file for file in self.files.get(name, ()) if not file.refusal]

    def readings(
        self, driver: str, files: Sequence[LandingFile], one_by_one: bool
    ) -> Iterator[list[LandingFile]]:
        """Read the driver, whole or a batch of files at a time; yield which files were read."""
        if not one_by_one:
            self.read_whole(driver)
            yield list(files)
            return
        table = self.adapter.tables[driver]
        self._whole.discard(driver)
        for batch in self._batches(table, files):
            self._create(table)
            self._read(table, batch)
            self._leave_out_older(table)
            yield list(batch.files)

    def read_whole(self, name: str) -> None:
        """Read all files of a table, if that is not done yet."""
        if name in self._whole:
            return
        table = self.adapter.tables[name]
        self._create(table)
        for batch in self._batches(table, self.readable(name)):
            self._read(table, batch)
        self._leave_out_older(table)
        self._whole.add(name)

    def _batches(self, table: VendorTable, files: Sequence[LandingFile]) -> Iterator[Batch]:
        def refuse(file: LandingFile, reason: str) -> None:
            self._refuse(table, file, reason)

        return make_batches(self.connection, as_source_table(self.name, table), files, refuse)

    def _create(self, table: VendorTable) -> None:
        rows = rows_of(table)
        create_rows(self.connection, table, rows)
        columns = ", ".join(map(quoted, (*LINEAGE, *map(table.in_sql, table.columns))))
        self.connection.execute(
            f"create or replace temp view {quoted(table.relation)} as select {columns} "
            f"from temp.{quoted(rows)} where landed_problem is null and is_present"
        )

    def _read(self, table: VendorTable, batch: Batch) -> None:
        numbers = [self.numbers[file.name] for file in batch.files]
        rows = rows_of(table)
        try:
            read = read_rows(self.connection, self.name, table, batch, numbers, rows)
        except duckdb.Error as error:
            names = [file.name for file in batch.files]
            refusal = refusal_of_duckdb(error, names, "parquet")
            if len(batch.files) == 1:
                self._refuse(table, batch.files[0], str(refusal))
                return
            for file in batch.files:
                self._read(table, replace(batch, files=(file,)))
            return
        absent, twice = self.connection.execute(
            "select count(*) filter (not is_present), count(*) filter (is_twice) "
            f"from temp.{quoted(rows)} where landed_file in ({', '.join(map(str, numbers))})"
        ).fetchone()
        self._absent[table.name] = self._absent.get(table.name, 0) + absent
        self._twice[table.name] = self._twice.get(table.name, 0) + twice
        for file, number in zip(batch.files, numbers, strict=True):
            self.lines[file.name], refusal = read[number]
            if refusal:
                self._refuse(table, file, refusal)

    def _leave_out_older(self, table: VendorTable) -> None:
        count = leave_out_older(self.connection, table, rows_of(table))
        self._older[table.name] = self._older.get(table.name, 0) + count

    def _refuse(self, table: VendorTable, file: LandingFile, reason: str) -> None:
        files = self.refusals.setdefault(table.name, {})
        files[file.name] = replace(file, refusal=reason)


def rows_of(table: VendorTable) -> str:
    """Return the name of the temporary table of a vendor table, broken lines included."""
    return f"landedrows_of_{table.relation}"
