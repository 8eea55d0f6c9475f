"""Landing files that were made of what lies in folders that are none of the contract's.

The loader is handed who makes them and knows no maker. What is not here: the making, which is
``adapters``'s.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.files import LandingFile, Limits

Report = Callable[[str], None]


@dataclass
class Adapted:
    """Landing files that were made of others.

    Attributes:
        folders: names of the folders of the landing folder that were read for them.
        files: by the folder of the landing table, ``<system>/<table>``.
        emptied: names of files of which nothing is made any more, by the same folder.

    """

    folders: set[str] = field(default_factory=set)
    files: dict[str, list[LandingFile]] = field(default_factory=dict)
    emptied: dict[str, set[str]] = field(default_factory=dict)

    def files_of(self, table: SourceTable) -> Sequence[LandingFile]:
        """Return the files of a landing table."""
        return self.files.get(table.folder, [])


Adapting = Callable[
    [duckdb.DuckDBPyConnection, Path, Sequence[SourceTable], Report, Limits],
    AbstractContextManager[Adapted],
]


@contextmanager
def nothing_adapted(
    _connection: duckdb.DuckDBPyConnection,
    _landing: Path,
    _declared: Sequence[SourceTable],
    _report: Report,
    _limits: Limits,
) -> Iterator[Adapted]:
    """Make nothing: only the folders of the contract are read."""
    yield Adapted()
