"""The lock of a run: one run at a time on one warehouse, whoever started it.

DuckDB keeps others out only while a process has the file open, and a run closes it between its
steps; so a run holds a lock of its own until it is done. What is not here: how steps wait for
each other, which is ``resources``'.
"""

import fcntl
import os
from pathlib import Path

from orchestration.process.private_files import keep_files_private
from orchestration.warehouse.connection import WarehouseError

_held: dict[Path, int] = {}


class AnotherRun(WarehouseError):
    """Another run is at work on the same warehouse."""


def begin_run(warehouse: Path) -> bool:
    """Take the warehouse for this process, until ``end_run`` or the end of the process.

    Returns:
        Whether it is taken now, and was not before.

    Raises:
        AnotherRun: another process has it.
    """
    if warehouse in _held:
        return False
    keep_files_private()
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse.with_suffix(".run"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 32).decode() or "unknown"
        os.close(descriptor)
        raise AnotherRun(
            f"Another run (process {owner}) is at work on {warehouse}, so nothing was changed. "
            "Wait until it is done and run again."
        ) from None
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError as error:
        # It is held until then, by this process, too.
        os.close(descriptor)
        error.filename = str(warehouse.with_suffix(".run"))
        raise
    _held[warehouse] = descriptor
    return True


def is_held_elsewhere(warehouse: Path) -> bool:
    """Tell whether another process has the warehouse; nobody is kept out for longer than that."""
    try:
        if begin_run(warehouse):
            end_run(warehouse)
    except AnotherRun:
        return True
    return False


def end_run(warehouse: Path) -> None:
    """Let other processes have the warehouse."""
    if warehouse in _held:
        os.close(_held.pop(warehouse))
