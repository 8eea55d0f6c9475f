"""Runs the SQL of an adapter over the files of a folder and writes what it gives.

What is not here: which folder is read by which adapter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import duckdb

from orchestration.adapters.definition import PROBLEM, Write
from orchestration.adapters.macros import macros
from orchestration.adapters.made import Key, Made
from orchestration.adapters.vendor_tables import MADE, VendorTables, rows_of
from orchestration.landing.errors import Refusal, refusal_of_duckdb
from orchestration.landing.files import LandingFile, hashed
from orchestration.landing.sql_texts import literal, quoted

Connection = duckdb.DuckDBPyConnection
ABOUT_THE_QUERY = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
PROBLEMS = f"landed_file, landed_line, {', '.join(PROBLEM)}"
# A query may itself tell lines that it can make no row of; most tell none.
NO_PROBLEM = f"select {', '.join(f'null::varchar as {name}' for name in PROBLEM)} where false"


@dataclass
class Task:
    """What is to be made for one landing table.

    Attributes:
        write: what is made.
        causes: hash of all that its rows follow from, by file of the driver.
        kept: what was made before and stays.
        formerly: what was made before, by file.
        tells: vendor tables whose broken lines are still to be told.

    """

    write: Write
    causes: Mapping[str, str]
    kept: Mapping[str, Made]
    formerly: Mapping[str, Made]
    tells: list[str]


class VendorFolder(VendorTables):
    """A folder of a vendor, and what its adapter makes of it."""

    def write(
        self, writes: Sequence[Write], before: Mapping[Key, Made]
    ) -> Iterator[tuple[Write, list[Made], list[LandingFile]]]:
        """Make the files of landing tables that have one driver, which is read once for them.

        Those made before of the same stay as they were.
        """
        tasks = [self._task(write, before) for write in writes]
        for task in tasks:
            yield task.write, list(task.kept.values()), self._kept_files(task)
        driver = writes[0].driver
        wanted = {name for task in tasks for name in task.causes if name not in task.kept}
        files = [file for file in self.readable(driver) if file.name in wanted]
        for name in {name for task in tasks if files for name in task.write.lookups}:
            self.read_whole(name)
        for chosen in self.readings(driver, files, writes[0].one_by_one) if files else ():
            for task in tasks:
                yield (task.write, *self._made_of(task, chosen))

    def _task(self, write: Write, before: Mapping[Key, Made]) -> Task:
        causes, of = self._causes(write), write.landing_table.split("/")
        formerly = {key[2]: made for key, made in before.items() if [*key[:2]] == of}
        kept = {
            name: replace(formerly[name], read_tables=self._read_tables(write, formerly[name]))
            for name, cause in causes.items()
            if name in formerly and formerly[name].cause == cause
        }
        if len(kept) < len(causes) and not write.one_by_one:
            kept = {}
        return Task(write, causes, kept, formerly, self._tells(write))

    def _kept_files(self, task: Task) -> list[LandingFile]:
        return [
            self._as_made(file, task.kept[file.name].adapted_sha256)
            for file in self.files[task.write.driver]
            if file.name in task.kept and task.kept[file.name].adapted_sha256
        ]

    def _made_of(
        self, task: Task, files: Sequence[LandingFile]
    ) -> tuple[list[Made], list[LandingFile]]:
        made, found = [], []
        files = [file for file in files if file.name not in task.kept]
        if not files:
            return made, found
        system, table = task.write.landing_table.split("/")
        for file, count in self._run(task, files):
            out = self._copy(file) if count else None
            digest, cause = (out.sha256 if out else None), task.causes.get(file.name, "")
            lines = self.lines.get(file.name, 0)
            name = self.adapter.name
            tables = self._read_tables(task.write, task.formerly.get(file.name))
            made.append(Made(system, table, file.name, name, cause, digest, lines, count, tables))
            found += [out] if out else []
        # Batches of the driver differ; broken lines of the others are told once.
        task.tells = [name for name in task.tells if name == task.write.driver]
        return made, found

    def _read_tables(self, write: Write, former: Made | None) -> list[str]:
        """Return the vendor tables that a query reads, with those that it could read before.

        So it is known as long as nothing is rebuilt that one was taken away.
        """
        is_ours = former is not None and former.adapter == self.adapter.name
        before = (is_ours and former.read_tables) or ()
        return sorted({*before, *(name for name in write.reads if self.files.get(name))})

    def _causes(self, write: Write) -> dict[str, str]:
        read = write.lookups if write.one_by_one else write.reads
        others = [file for name in read for file in self.files.get(name, ())]
        parts = [macros(), write.text, repr(self.adapter.tables)]
        common = _hash(*parts, *(f"{file.name} {file.sha256}" for file in others))
        return {file.name: _hash(common, str(file.sha256)) for file in self.readable(write.driver)}

    def _run(self, task: Task, files: Sequence[LandingFile]) -> Iterator[tuple[LandingFile, int]]:
        """Fill the relation of the rows made; yield each file that has to be written, its rows."""
        write, tells = task.write, task.tells
        problems = " union all by name ".join(
            f"select {PROBLEMS} from temp.{quoted(rows_of(self.adapter.tables[name]))} "
            "where landed_problem is not null"
            for name in tells
        )
        told = f" union all by name {problems}" if problems else ""
        order = "" if write.one_by_one else " order by all"
        try:
            self.connection.execute(
                f"create or replace temp table {MADE} as select * from (select * from "
                f"({write.text}\n) union all by name {NO_PROBLEM}{told}){order}"
            )
        except duckdb.Error as error:
            # Raised there is what lies in no file.
            refusal_of_duckdb(error, [file.name for file in files], "parquet")
            # What DuckDB says of a value quotes it, and of a query the query, which is ours.
            is_ours = isinstance(error, ABOUT_THE_QUERY) and write.query is None
            said = str(error) if is_ours else type(error).__name__
            raise Refusal(
                f"{write.sql.name} of {self.adapter.name} is no query over its tables, or failed "
                f"on what they hold: {said}"
            ) from None
        counts = self.connection.execute(
            f"select landed_file, count(*) from {MADE} group by landed_file"
        ).fetchall()
        rows = dict(counts)
        refused = {name for files in self.refusals.values() for name in files}
        every = {file.name: file for found in self.files.values() for file in found}
        others = [name for name in tells if name != write.driver]
        names = {file.name for file in files} | {
            name
            for name, number in self.numbers.items()
            if number in rows or (name in task.formerly and _is_of(others, name, self.files))
        }
        for name in sorted(names - refused - {*task.kept}):
            yield every[name], rows.get(self.numbers[name], 0)

    def _tells(self, write: Write) -> list[str]:
        """Return the vendor tables whose broken lines this write tells: its own, as the first.

        Those of a table that drives no write are told by the first that looks into it.
        """
        tells = []
        for name in write.reads:
            drivers = [other for other in self.writes if other.driver == name]
            readers = [w for w in self.writes if name in w.reads and w.driver in self.files]
            if name in self.files and next(iter(drivers or readers), None) is write:
                tells.append(name)
        return tells

    def _copy(self, file: LandingFile) -> LandingFile:
        path = self.into / f"{self._written}.parquet"
        self._written += 1
        self.connection.execute(
            f"copy (select * exclude (landed_file) from {MADE} "
            f"where landed_file = {self.numbers[file.name]}) to {literal(str(path))} "
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


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
