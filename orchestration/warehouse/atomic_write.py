"""Files that are there whole or not at all: written beside their place, then renamed into it.

Whoever has the old file open keeps it. What is not here: what is written.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.process.private_files import make_shared_folder, share_file


@contextmanager
def write_atomically(path: Path, is_published: bool = False) -> Iterator[Path]:
    """Give a path to write to, and put the file in its place when all went well.

    Args:
        path: where the file is to be; its folder is made when missing.
        is_published: whether others than its owner are to read it.
    """
    if is_published:
        make_shared_folder(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Always the same name, so what a killed run left behind is overwritten by the next.
    unfinished = path.with_name(f".{path.name}.unfinished")
    _remove(unfinished)
    try:
        yield unfinished
        if is_published:
            share_file(unfinished)
        flush(unfinished)
        unfinished.replace(path)
        flush(path.parent)
    except OSError as error:
        # A write that fails, as to a full disk, knows no name.
        error.filename = error.filename or str(path)
        raise
    finally:
        _remove(unfinished)


def _remove(unfinished: Path) -> None:
    unfinished.unlink(missing_ok=True)
    # DuckDB writes ahead into a file of its own.
    unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder, before anything rests on it."""
    # Without it a power cut may leave the new name on an empty file.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
