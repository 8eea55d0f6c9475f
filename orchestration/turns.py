"""Taking turns at the warehouse: one run at a time, and one step at a time within it.

DuckDB lets one process write, but only while it has the file open, and a run closes it between
its steps. So a run holds a lock of its own from its first step to its end. What is not here:
how the file is opened, which is ``warehouse``'s.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from orchestration.settings import Settings
from orchestration.warehouse import WarehouseError

# Steps that open the file take turns: dagster.yaml limits every pool to one.
POOL = "duckdb_writer"

# Somebody who opened the wrong file by hand is often done in seconds. No other error passes by
# being tried again: a model that fails, fails twice.
TRIES_AGAIN = 2
SECONDS_BETWEEN = 3

FILE_IS_LOCKED = "could not set lock"

_held: dict[Path, int] = {}


class AnotherRun(WarehouseError):
    """Another run is at work on the same warehouse."""


@contextmanager
def turn(settings: Settings) -> Iterator[None]:
    """Do something with the file; have the step tried again when somebody else has it."""
    try:
        begin_run(settings.warehouse)
        yield
    except WarehouseError as error:
        if not isinstance(error, AnotherRun) and FILE_IS_LOCKED not in str(error).lower():
            raise
        raise dg.RetryRequested(TRIES_AGAIN, SECONDS_BETWEEN) from error


def begin_run(warehouse: Path) -> None:
    """Take the warehouse for this process, until ``end_run`` or the end of the process.

    Raises:
        AnotherRun: another process has it.
    """
    if warehouse in _held:
        return
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse.with_suffix(".run"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 32).decode() or "unknown"
        os.close(descriptor)
        raise AnotherRun(
            f"Another run (process {owner}) is at work on {warehouse}, so nothing was changed. "
            "Wait until it is done and run again."
        ) from None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    _held[warehouse] = descriptor


def end_run(warehouse: Path) -> None:
    """Let other processes have the warehouse."""
    if warehouse in _held:
        os.close(_held.pop(warehouse))
