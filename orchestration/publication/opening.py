"""The one way into the published databases: read-only, and what is wrong with one is said.

What is not here: where they lie, which ``places`` knows, and the tables that a page needs of both,
which ``reporting.publication`` opens as one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from orchestration.landing.sql_texts import literal
from orchestration.publication.places import DATABASE, LISTING, current_of, listing_in
from orchestration.warehouse.connection import (
    DamagedWarehouse,
    LockedWarehouse,
    WarehouseError,
    is_damage,
    is_locked,
)
from orchestration.warehouse.duckdb_errors import is_absent

ATTACHED = "attach {path} as {name} (read_only)"


class UnreadablePublication(WarehouseError):
    """A published database is not there or cannot be read. The text says why and what to do."""


def published_in(published: Path) -> tuple[Path, dict[str, Any]]:
    """Return the folder of the publication that holds, and what it says about itself.

    Who reads several files asks this once, so that all of them are of one publication.

    Raises:
        UnreadablePublication: nothing is published, or its listing cannot be read.
    """
    folder = current_of(published)
    if listing := listing_in(folder, is_said=False):
        return folder, listing
    if any((folder / name).exists() for name in (LISTING, DATABASE)):
        raise UnreadablePublication(
            f"{folder / LISTING} is missing or damaged, so nobody can tell what the files beside "
            "it are. Run make run, which publishes them anew."
        )
    raise UnreadablePublication(
        f"{published} holds no publication. Run make run, which publishes first."
    )


@contextmanager
def opened_publication(**databases: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open published databases under these names; one alone is the one in use.

    Raises:
        UnreadablePublication: one is not there, damaged, held, or lacks what is asked of it.
    """
    with duckdb.connect() as connection:
        for name, path in databases.items():
            if not path.is_file():
                raise UnreadablePublication(
                    f"{path} is not there, so nothing can be read of what was published. Run make "
                    "run, which publishes it anew."
                )
            try:
                connection.execute(ATTACHED.format(path=literal(str(path)), name=name))
            except duckdb.Error as error:
                raise _unreadable(path, error) from error
        if len(databases) == 1:
            connection.execute(f"use {next(iter(databases))}")
        try:
            yield connection
        except duckdb.Error as error:
            path, *others = databases.values()
            raise _unreadable(path if not others else path.parent, error) from error


def _unreadable(path: Path, error: duckdb.Error) -> WarehouseError:
    if is_locked(error):
        return LockedWarehouse(
            f"{path} is held by another process that writes to it, so nothing can be read of what "
            "was published. Close it there: who reads it opens it read-only."
        )
    if is_absent(error):
        return UnreadablePublication(
            f"{path} was published by another version of this project "
            f"({str(error).splitlines()[0]}). Run make run, which publishes it anew."
        )
    if is_damage(error) or isinstance(error, duckdb.IOException | duckdb.SerializationException):
        return DamagedWarehouse(
            f"{path} is damaged: DuckDB cannot read it ({type(error).__name__}). The warehouse is "
            "another file and was not changed. Run make run, which publishes it anew."
        )
    raise error
