"""Taking turns at the warehouse: what each step that opens the file does around it.

What is not here: how the file is opened, which is ``warehouse``'s, and how a run keeps other
runs out, which is ``run_lock``'s.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration.settings.environment import Settings
from orchestration.warehouse.connection import LockedWarehouse, WarehouseError
from orchestration.warehouse.run_lock import AnotherRun, begin_run

# Steps that open the file take turns: dagster.yaml limits every pool to one.
POOL = "duckdb_writer"

# Somebody who opened the wrong file by hand is often done in seconds. No other error passes by
# being tried again: a model that fails, fails twice.
TRIES_AGAIN = 2
SECONDS_BETWEEN = 3


@contextmanager
def turn(settings: Settings) -> Iterator[None]:
    """Do something with the file; have the step tried again when somebody else has it."""
    try:
        begin_run(settings.warehouse)
        yield
    except WarehouseError as error:
        if not isinstance(error, AnotherRun | LockedWarehouse):
            raise
        raise dg.RetryRequested(TRIES_AGAIN, SECONDS_BETWEEN) from error
