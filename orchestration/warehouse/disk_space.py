"""Whether the disk has room for a run, asked before it begins; what is said of one that fails.

What is not here: a disk that fills while a run is at work, which each writer notices.
"""

import errno
import os
import shutil
from pathlib import Path

from orchestration.process.files_below import files_below
from orchestration.warehouse.connection import WarehouseError

# Of companies from 1 to 10 million events, working file, publication and what memory does not hold
# took together 1.8 to 2.0 times their unpacked landing files, of 20 million with 1.5 GB of memory
# 2.1 before they were published; of a few thousand events 170 MB.
LEAST = 300_000_000
TIMES_LANDED = 3
# What a run publishes, and once more with what it then pushed; the one before them stays as well.
PUBLICATIONS = 2
PACKED = (".gz", ".zst", ".parquet")
TIMES_PACKED = 8
WHAT_FAILED = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "your share of the disk is used up; free some space",
    errno.EROFS: "the disk can only be read; set the place to one that can be written",
    errno.EACCES: "you may not; give the user who runs this the right to",
    errno.EPERM: "you may not; give the user who runs this the right to",
    errno.ENOTDIR: "a part of the path is a file; expected a folder there",
    errno.EISDIR: "it is a folder; expected a file there",
    errno.ENAMETOOLONG: "the path is too long; choose a shorter one",
}


def check_disk_space(warehouse: Path, landing: Path, published: Path) -> None:
    """Make sure that the disk has room for a build.

    Raises:
        WarehouseError: it has less than is needed, as far as can be told.
    """
    needed = space_needed(warehouse, landing, published)
    place = warehouse.parent
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed:
        raise WarehouseError(
            f"The disk under {place} has {_megabytes(free)} free, and a run needs some "
            f"{_megabytes(needed)}, so nothing was begun. Free some space, or set WAREHOUSE and "
            "PUBLISHED to places with more, and run again."
        )


def space_needed(warehouse: Path, landing: Path, published: Path) -> int:
    """Estimate the bytes that a run writes before it takes any away.

    A warehouse that is there has taken most of its room; beside it come the tables written anew and
    the publications of the run.
    """
    copy = sum(status.st_size for _, status in files_below(published))
    if warehouse.exists():
        return warehouse.stat().st_size // 2 + PUBLICATIONS * copy + LEAST // 3
    unpacked = sum(_unpacked(path, s.st_size) for path, s in files_below(landing))
    return LEAST + TIMES_LANDED * unpacked


def explained(error: OSError) -> str:
    """Say in one sentence what the machine did not do, where, and what to do."""
    place = os.fsdecode(error.filename) if error.filename else "A file"
    why = WHAT_FAILED.get(error.errno or 0, f"{error.strerror or type(error).__name__}")
    return f"{place} cannot be used: {why}, and run again. What was begun is undone."


def _unpacked(path: Path, size: int) -> int:
    times = TIMES_PACKED if path.suffix in PACKED else 1
    return times * size


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000:,} MB"
