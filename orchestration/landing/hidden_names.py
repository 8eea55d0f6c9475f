"""Names of landing files that name somebody who is erased: called otherwise while they lie there.

Only their owner can delete such a file; until then no book, log or message may bring the name back.
What is not here: which names they are, which an erasure notes.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import duckdb

from orchestration.landing.files import LandingFile


def hidden_names(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what erased names are called now, by the hash of the name."""
    return dict(connection.execute("from raw.hidden_names").fetchall())


def called(name: str, erased: Mapping[str, str]) -> str:
    """Return what a name below the landing folder is called; most are called what they are."""
    return erased.get(sha256(name.encode()).hexdigest(), name) if erased else name


def under_their_names(files: Sequence[LandingFile], erased: Mapping[str, str]) -> list[LandingFile]:
    """Return files under the names by which books and messages call them."""
    return [replace(file, name=called(file.name, erased)) for file in files]


def without_erased(landing: Path, erased: Mapping[str, str]) -> Callable[[str], str]:
    """Return what takes erased names of files and folders below the landing folder out of a text.

    A table is called as its file without the endings, so that name goes, too.
    """
    others = {}
    for folder, below, files in os.walk(landing) if erased else ():
        for entry in (*below, *files):
            name = (Path(folder) / entry).relative_to(landing).as_posix()
            if (other := called(name, erased)) != name:
                others |= {name: other, _table_of(name): _table_of(other)}

    def without(text: str) -> str:
        for name in sorted(others, key=len, reverse=True):
            text = text.replace(name, others[name])
        return text

    return without


def _table_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/{last.split('.')[0]}" if folder else last
