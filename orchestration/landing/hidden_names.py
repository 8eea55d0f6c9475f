"""Names of landing files that name somebody who is erased: called otherwise while they lie there.

Only their owner can delete such a file; until then no book, log or message may bring the name back.
What is not here: which names they are, which an erasure notes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

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
