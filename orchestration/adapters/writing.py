"""Runs the SQL of an adapter over the files of a folder and writes what it gives.

What is not here: which folder is read by which adapter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb

from orchestration.adapters.definition import LINEAGE, MACROS, Adapter, VendorTable, Write
from orchestration.adapters.made import Key, Made
from orchestration.adapters.vendor_rows import as_source_table, create_rows, read_rows
from orchestration.landing.batches import Batch, make_batches
from orchestration.landing.errors import ContractError
from orchestration.landing.files import LandingFile, hashed
from orchestration.landing.statements import literal, quoted

Connection = duckdb.DuckDBPyConnection
MADE = "adapted_rows"
PROBLEMS = "landed_file, landed_line, landed_problem, landed_text"


class VendorFolder:
    """The files of one folder, read by one adapter; each vendor table is read once at most.

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
        self._connection = connection
        self._adapter = adapter
        self._name = name
        self._writes = writes
        self._files = files
        self._into = into
        connection.execute(f"create or replace temp macro this_folder() as {literal(name)}")
        every = [file for found in files.values() for file in found]
        self._numbers = {file.name: number for number, file in enumerate(every)}
        self._lines: dict[str, int] = {}
        self._refusals: dict[str, dict[str, LandingFile]] = {}
        self._whole: set[str] = set()
        self._told: set[tuple[str, str]] = set()
        self._written = 0

    def write(
        self, write: Write, before: Mapping[Key, Made]
    ) -> tuple[list[Made], list[LandingFile]]:
        """Make the files of one landing table; those made before of the same stay as they were."""
        causes = self._causes(write)
        system, table = write.landing_table.split("/")
        kept = {
            name: former
            for name, cause in causes.items()
            if (former := before.get((system, table, name))) and former.cause == cause
        }
        if len(kept) < len(causes) and not write.one_by_one:
            kept = {}
        files = [file for file in self._readable(write.driver) if file.name not in kept]
        made = list(kept.values())
        found = [
            self._as_made(file, kept[file.name].adapted_sha256)
            for file in self._files[write.driver]
            if file.name in kept and kept[file.name].adapted_sha256
        ]
        if files:
            for lookup in write.lookups:
                self._read_whole(lookup)
            formerly = {name for *of, name in before if of == [system, table]}
            tells = self._tells(write)
            for chosen in self._readings(write, files):
                for file, count in self._run(write, chosen, tells, formerly):
                    out = self._copy(file, count, file.name in formerly)
                    cause = causes.get(file.name, "")
                    entry = Made(
                        system, table, file.name, self._adapter.name, cause,
                        out.sha256 if out else None, self._lines.get(file.name, 0), count,
                    )  # fmt: skip
                    made.append(entry)
                    found += [out] if out else []
                # Batches of the driver differ; broken lines of the others are told once.
                tells = [name for name in tells if name == write.driver]
        return made, found

    def refused(self) -> Iterator[tuple[str, LandingFile]]:
        """Yield the files that cannot be read, with the names of their vendor tables."""
        for name, files in self._files.items():
            yield from ((name, file) for file in files if file.refusal)
            yield from ((name, file) for file in self._refusals.get(name, {}).values())

    def forget(self) -> None:
        """Drop the relations of the vendor's tables."""
        for name in self._adapter.tables:
            self._connection.execute(f"drop view if exists temp.{quoted(name)}")
            self._connection.execute(f"drop table if exists temp.{quoted(_rows_of(name))}")
        self._connection.execute(f"drop table if exists temp.{MADE}")

    def _causes(self, write: Write) -> dict[str, str]:
        read = write.lookups if write.one_by_one else write.reads
        others = [file for name in read for file in self._files.get(name, ())]
        parts = [MACROS.read_text(encoding="utf-8"), write.text, repr(self._adapter.tables)]
        common = _hash(*parts, *(f"{file.name} {file.sha256}" for file in others))
        return {file.name: _hash(common, str(file.sha256)) for file in self._readable(write.driver)}

    def _readable(self, name: str) -> list[LandingFile]:
        return [file for file in self._files.get(name, ()) if not file.refusal]

    def _readings(self, write: Write, files: Sequence[LandingFile]) -> Iterator[list[LandingFile]]:
        """Read the driver, whole or a batch of files at a time; yield which files were read."""
        if not write.one_by_one:
            self._read_whole(write.driver)
            yield list(files)
            return
        table = self._adapter.tables[write.driver]
        self._whole.discard(write.driver)
        for batch in self._batches(table, files):
            self._create(table)
            self._read(table, batch)
            yield list(batch.files)

    def _read_whole(self, name: str) -> None:
        if name in self._whole:
            return
        table = self._adapter.tables[name]
        self._create(table)
        for batch in self._batches(table, self._readable(name)):
            self._read(table, batch)
        self._whole.add(name)

    def _batches(self, table: VendorTable, files: Sequence[LandingFile]) -> Iterator[Batch]:
        def refuse(file: LandingFile, reason: str) -> None:
            self._refuse(table, file, reason)

        return make_batches(self._connection, as_source_table(self._name, table), files, refuse)

    def _create(self, table: VendorTable) -> None:
        rows = _rows_of(table.name)
        create_rows(self._connection, table, rows)
        columns = ", ".join(map(quoted, (*LINEAGE, *table.columns)))
        self._connection.execute(
            f"create or replace temp view {quoted(table.name)} as select {columns} "
            f"from temp.{quoted(rows)} where landed_problem is null"
        )

    def _read(self, table: VendorTable, batch: Batch) -> None:
        numbers = [self._numbers[file.name] for file in batch.files]
        rows = _rows_of(table.name)
        read = read_rows(self._connection, self._name, table, batch, numbers, rows)
        for file, number in zip(batch.files, numbers, strict=True):
            self._lines[file.name], refusal = read[number]
            if refusal:
                self._refuse(table, file, refusal)

    def _refuse(self, table: VendorTable, file: LandingFile, reason: str) -> None:
        files = self._refusals.setdefault(table.name, {})
        files[file.name] = replace(file, refusal=reason)

    def _run(
        self, write: Write, files: Sequence[LandingFile], tells: Sequence[str], formerly: set[str]
    ) -> Iterator[tuple[LandingFile, int]]:
        """Fill the relation of the rows made; yield each file that has to be written, its rows."""
        problems = " union all by name ".join(
            f"select {PROBLEMS} from temp.{quoted(_rows_of(name))} where landed_problem is not null"
            for name in tells
        )
        told = f" union all by name {problems}" if problems else ""
        order = "" if write.one_by_one else " order by all"
        try:
            self._connection.execute(
                f"create or replace temp table {MADE} as select * from (select *, null::varchar as "
                f"landed_problem, null::varchar as landed_text from ({write.text}\n){told}){order}"
            )
        except duckdb.Error as error:
            raise ContractError(
                f"The adapter {self._adapter.name} cannot be used: {write.sql.name} is no query "
                f"over its tables, or failed on what they hold: {error}"
            ) from error
        counts = self._connection.execute(
            f"select landed_file, count(*) from {MADE} group by landed_file"
        ).fetchall()
        rows = dict(counts)
        refused = {name for files in self._refusals.values() for name in files}
        every = {file.name: file for found in self._files.values() for file in found}
        others = [name for name in tells if name != write.driver]
        names = {file.name for file in files} | {
            name
            for name, number in self._numbers.items()
            if number in rows or (name in formerly and _is_of(others, name, self._files))
        }
        for name in sorted(names - refused):
            yield every[name], rows.get(self._numbers[name], 0)

    def _tells(self, write: Write) -> list[str]:
        """Return the vendor tables whose broken lines this write tells: its own, as the first.

        Those of a table that drives no write are told by the first that looks into it.
        """
        tells = []
        for name in write.reads:
            drivers = [other for other in self._writes if other.driver == name]
            readers = [w for w in self._writes if name in w.reads and w.driver in self._files]
            if name in self._files and next(iter(drivers or readers), None) is write:
                tells.append(name)
        return tells

    def _copy(self, file: LandingFile, count: int, was_there: bool) -> LandingFile | None:
        # An empty file takes back what the vendor's file gave before, and is needed only for that.
        if not count and not was_there:
            return None
        path = self._into / f"{self._written}.parquet"
        self._written += 1
        self._connection.execute(
            f"copy (select * exclude (landed_file) from {MADE} "
            f"where landed_file = {self._numbers[file.name]}) to {literal(str(path))} "
            "(format parquet)"
        )
        return hashed(self._as_made(replace(file, path=path), None))

    def _as_made(self, file: LandingFile, digest: str | None) -> LandingFile:
        return replace(
            file, format="parquet", compression="none", sha256=digest, is_open_ended=False,
            is_adapted=True,
        )  # fmt: skip


def _is_of(tables: Sequence[str], name: str, files: Mapping[str, Sequence[LandingFile]]) -> bool:
    return any(file.name == name for table in tables for file in files.get(table, ()))


def _rows_of(name: str) -> str:
    return f"landed_rows_of_{name}"


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
