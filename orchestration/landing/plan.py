"""What is to be done with each file of a table, decided from the books before anything moves.

A content is loaded once, whatever its files are called; a file whose content changed replaces
what it brought before. What is not here: doing it, which is ``load``'s.
"""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.files import LandingFile


@dataclass(frozen=True)
class Booked:
    """A row of ``raw.loads``."""

    load_id: str
    file: str
    sha256: str | None
    lines: int
    refusal: str | None


@dataclass(frozen=True)
class Replay:
    """A file whose content is loaded already, under another name."""

    file: LandingFile
    first: str
    first_file: str


@dataclass
class Plan:
    """What is to be done for one table.

    Attributes:
        load: files to read, in the order of their names.
        replays: files whose content another file brings.
        replaced: what files brought whose content has changed since, or is gone, by file name.
        emptied: those of them whose content is gone.
        refusals: those that stand in the books, by file name.

    """

    load: list[LandingFile] = field(default_factory=list)
    replays: list[Replay] = field(default_factory=list)
    replaced: dict[str, Booked] = field(default_factory=dict)
    refusals: dict[str, Booked] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)


def load_id(table: SourceTable, file: LandingFile) -> str:
    """Return the identifier of the load of a content, the same in every warehouse."""
    return _identifier(table.folder, file.sha256 or file.name)


def refusal_id(table: SourceTable, file: LandingFile) -> str:
    """Return the identifier of the refusal of a file; equal contents are refused by name."""
    return _identifier(table.folder, file.name, file.sha256 or "unreadable")


def read_books(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> list[Booked]:
    """Read what the books say about the files of a table."""
    rows = connection.execute(
        "select load_id, file, file_sha256, lines_read, refusal from raw.loads "
        "where system = ? and table_name = ? order by file",
        [table.system, table.name],
    ).fetchall()
    return [Booked(*row) for row in rows]


# What decides whether a file can be read: its bytes, and what its name says that they are.
Reading = tuple[str | None, str, str, bool]


def reading_of(file: LandingFile) -> Reading:
    """Return what two files must share to be loaded or refused alike."""
    return (file.sha256, file.format, file.compression, "\\" in file.name)


def make_plan(
    table: SourceTable,
    files: Sequence[LandingFile],
    books: list[Booked],
    refused: Container[Reading] = (),
    emptied: Collection[str] = (),
) -> Plan:
    """Decide what to do with the files of a table.

    A content that a changed file is about to take away still counts as loaded: it is only gone
    once its replacement is in, so a plan is to be made again after every load.

    Args:
        table: to which the files belong.
        files: in the order of their names.
        books: what stands in the books about them.
        refused: what could not be read in this load; no other file is a replay of that.
        emptied: names of files that were made of others, and of which nothing is made any more.
    """
    loaded = {row.file: row for row in books if row.refusal is None}
    plan = Plan(refusals={row.file: row for row in books if row.refusal is not None})
    plan.emptied = [name for name in emptied if name in loaded]
    plan.replaced = {name: loaded[name] for name in plan.emptied}
    contents: dict[str | None, tuple[str, str]] = {
        row.sha256: (row.load_id, row.file) for row in loaded.values()
    }
    for file in files:
        former = loaded.get(file.name)
        if former is not None and file.sha256 is not None and former.sha256 != file.sha256:
            plan.replaced[file.name] = former
        first = contents.get(file.sha256) if file.refusal is None else None
        if first is None:
            plan.load.append(file)
            if file.refusal is None and reading_of(file) not in refused:
                contents[file.sha256] = (load_id(table, file), file.name)
        elif first[1] != file.name:
            plan.replays.append(Replay(file, *first))
    return plan


def _identifier(*parts: str) -> str:
    return sha256("/".join(parts).encode()).hexdigest()[:16]
