"""What every step that opens the warehouse file shares: taking turns, and waiting for a lock.

What is not here: how the file is opened, which is ``warehouse``'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration.warehouse import WarehouseError

# DuckDB lets one process write, so steps that open the file take turns, whichever run they
# belong to: dagster.yaml limits every pool to one.
POOL = "duckdb_writer"

# Somebody who opened the wrong file by hand is often done in seconds. No other error passes by
# being tried again: a model that fails, fails twice.
TRIES_AGAIN = 2
SECONDS_BETWEEN = 3

LOCKED = "could not set lock"


@contextmanager
def waiting_for_the_file() -> Iterator[None]:
    """Have the step tried again when another process holds the file; other errors pass."""
    try:
        yield
    except WarehouseError as error:
        if LOCKED not in str(error).lower():
            raise
        raise dg.RetryRequested(TRIES_AGAIN, SECONDS_BETWEEN) from error
