"""What can go wrong between a landing file and its raw table.

A ``Refusal`` concerns one file and ends as a row of ``raw.loads``; everything else stops the
load. What does not go here: a bad line, which is a row of ``raw.quarantine`` and no error.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.warehouse import WarehouseError

SIGNS_OF_A_FULL_DISK = ("no space left", "disk full", "max_temp_directory_size", "enospc")


class LandingError(RuntimeError):
    """The landing files cannot be loaded. The text says what, where, and what to do."""


class ContractError(LandingError):
    """The entry of a source table in the dbt sources YAML cannot be used."""


class MissingSource(LandingError):
    """A source without which nothing can be computed has never been loaded."""


class AsOfError(LandingError):
    """The requested day lies outside the loaded events."""


class Refusal(Exception):
    """One file cannot be read as a whole. The text is the reason an operator sees."""


def is_disk_full(error: BaseException) -> bool:
    """Tell whether DuckDB failed because there was no room left to write."""
    return any(sign in str(error).lower() for sign in SIGNS_OF_A_FULL_DISK)


@contextmanager
def room_to_write() -> Iterator[None]:
    """Turn DuckDB's errors about a full disk into one that says what to do.

    Raises:
        WarehouseError: the disk under the warehouse is full.

    """
    try:
        yield
    except duckdb.Error as error:
        if not is_disk_full(error):
            raise
        raise WarehouseError(
            "The disk under the warehouse is full, so the file being loaded was not loaded; "
            "files loaded before it are complete. Free some space and run again: the run "
            f"continues where this one stopped. DuckDB says: {error}"
        ) from error
