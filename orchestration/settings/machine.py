"""What the machine has: how much memory and how many cores this process may use.

What is not here: how much of it DuckDB takes, which ``environment`` says.
"""

import os
from pathlib import Path

# Where Linux says what a container may use; `max` where it may use all.
LIMIT_OF_CONTAINER = Path("/sys/fs/cgroup/memory.max")


def memory_bytes(limit: Path = LIMIT_OF_CONTAINER) -> int:
    """Return the memory of the machine, or of the container where that has less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        told = limit.read_text().strip()
    except OSError:
        return machine
    return min(machine, int(told)) if told.isdecimal() else machine


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
