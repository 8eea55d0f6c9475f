"""The transactions of one table's load: each moves whole files together with their books.

What is not here: which files, which ``plan`` decides, and how they are read, which ``batches``
does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from orchestration.landing import ledger
from orchestration.landing.batches import Batch, Read, move_batch, read_batch
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import refusal_of_duckdb
from orchestration.landing.files import LandingFile
from orchestration.landing.known_since import keep_known_since
from orchestration.landing.parts import forget_parts
from orchestration.landing.plan import Plan, load_id


@dataclass
class TableLoad:
    """What one run did for one source table.

    Attributes:
        system: of the table.
        table: its name in the system.
        files: names of the files loaded in this run.
        lines_read: lines of those files; the sum of the next two.
        rows_loaded: rows that went into the raw table.
        rows_quarantined: lines that went into quarantine.
        replayed: files first seen in this run whose content was loaded already.
        refused: files that cannot be read as a whole, with the reason, until put right.
        replaced: files whose earlier rows were taken back in this run.
        waiting: files that are still being written, with what shows it; the next run reads them.
        seconds: wall time.

    """

    system: str
    table: str
    files: list[str] = field(default_factory=list)
    lines_read: int = 0
    rows_loaded: int = 0
    rows_quarantined: int = 0
    replayed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    waiting: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass
class Transactions:
    """Loads, refuses and replays files of one table, and keeps count in ``done``.

    ``has_former_rows`` tells whether rows of replaced files are noted (``known_since``).
    """

    connection: duckdb.DuckDBPyConnection
    table: SourceTable
    loaded_at: datetime
    done: TableLoad
    plan: Plan = field(default_factory=Plan)
    has_former_rows: bool = False

    def load(self, batch: Batch) -> None:
        """Load the files of a batch, or each by itself if one of them spoils the batch.

        Raises:
            duckdb.Error: DuckDB failed for a reason that lies in no file.
            LandingError: it failed for one that may lie in a file, and cannot go on.

        """
        try:
            self._load(batch)
        except duckdb.Error as error:
            refusal = refusal_of_duckdb(error, [file.name for file in batch.files], batch.format)
            if len(batch.files) == 1:
                self.refuse(batch.files[0], str(refusal))
                return
            for file in batch.files:
                self.load(Batch((file,), batch.format, batch.types))

    def refuse(self, file: LandingFile, reason: str) -> None:
        """Book a file that cannot be read; what it brought under its former content stays."""
        self.done.refused[file.name] = reason
        former = self.plan.refusals.get(file.name)
        if former and (former.sha256, former.refusal) == (file.sha256, reason):
            return
        with self._transaction():
            self._forget_refusal(file)
            ledger.book_refusal(self.connection, self.table, file, reason, self.loaded_at)

    def take_back(self, names: Sequence[str]) -> None:
        """Delete what files brought whose content is gone, or loaded under another name."""
        for name in names:
            with self._transaction():
                self._take_back(name)

    def replay(self, plan: Plan, emptied: Sequence[str]) -> None:
        """Book the files whose content was loaded under another name; emptied ones say nothing."""
        with self._transaction():
            ledger.forget_replays(self.connection, self.table, emptied)
            for replay in plan.replays:
                self._forget_refusal(replay.file)
                # Under another ending its content was what it says.
                self.done.refused.pop(replay.file.name, None)
            new = ledger.book_replays(self.connection, self.table, plan.replays, self.loaded_at)
        self.done.replayed += new

    def _load(self, batch: Batch) -> None:
        try:
            # Read before the transaction begins, which would keep all that it has thrown away.
            read = read_batch(self.connection, self.table, batch)
            whole = [n for n in range(len(batch.files)) if n not in read.refusals]
            files = [batch.files[number] for number in whole]
            with self._transaction():
                counts = self._move(batch, read, files)
                for number in whole:
                    file, lines = batch.files[number], read.lines[number]
                    ledger.book_load(
                        self.connection, self.table, file, lines, counts[number], self.loaded_at
                    )
                if self.has_former_rows:
                    loads = [load_id(self.table, file) for file in files]
                    keep_known_since(self.connection, self.table, loads)
        finally:
            forget_parts(self.connection)
        for number, reason in read.refusals.items():
            self.refuse(batch.files[number], reason)
        self._count(files, [counts[n] for n in whole])

    def _move(
        self, batch: Batch, read: Read, whole: Sequence[LandingFile]
    ) -> Sequence[ledger.Counts]:
        for file in whole:
            self._take_back(file.name)
            self._forget_refusal(file)
        counts = move_batch(self.connection, self.table, batch, read, self.loaded_at)
        ledger.book_warnings(self.connection, self.table, batch.files)
        ledger.book_private_texts(self.connection, self.table, batch.files)
        ledger.strike_replays(self.connection, self.table, whole)
        if batch.format == "jsonl":
            ledger.book_keys_given_twice(self.connection, self.table, batch.files)
        return counts

    def _count(self, files: Sequence[LandingFile], counts: Sequence[ledger.Counts]) -> None:
        self.done.files += [file.name for file in files]
        self.done.rows_loaded += sum(loaded for loaded, _ in counts)
        self.done.rows_quarantined += sum(quarantined for _, quarantined in counts)
        self.done.lines_read += sum(sum(count) for count in counts)

    def _take_back(self, name: str) -> None:
        former = self.plan.replaced.get(name)
        if former is not None:
            ledger.book_replacement(self.connection, self.table, former, self.loaded_at)
            self.done.replaced.append(name)

    def _forget_refusal(self, file: LandingFile) -> None:
        former = self.plan.refusals.get(file.name)
        if former is not None:
            ledger.forget(self.connection, former)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("begin")
        try:
            yield
            self.connection.execute("commit")
        except BaseException:
            # A failed commit has ended the transaction, and a fatal error the connection.
            with suppress(duckdb.Error):
                self.connection.execute("rollback")
            raise
