"""A new publication in the place of the last one: a folder of its own, and one name that switches.

Whoever has opened a file of the old one keeps it, and whoever has asked once where ``current``
leads finds all of it there until it is cleared. What is not here: what the folder holds.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.process.private_files import make_shared_folder, share_file
from orchestration.publication.places import CURRENT, FOLDERS, LISTING, NAMES, current_of
from orchestration.warehouse.atomic_write import flush

UNFINISHED = ".unfinished"
SECONDS_OF_AN_HOUR = 3600


@contextmanager
def new_publication(published: Path) -> Iterator[Path]:
    """Give an empty folder to fill, and have every name lead to it when all went well.

    Args:
        published: folder of the publications; it is made when missing.
    """
    folders = published / FOLDERS
    make_shared_folder(folders)
    # Always the same name, so what a killed run left behind is cleared by the next.
    unfinished = folders / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    make_shared_folder(unfinished)
    try:
        yield unfinished
        for folder, _, names in os.walk(unfinished):
            for name in names:
                flush(Path(folder, name))
            flush(Path(folder))
        _take_over_plain_files(published)
        before = current_of(published)
        place = _next(folders)
        unfinished.rename(place)
        flush(folders)
        if before != published:
            # From now on it counts as replaced.
            os.utime(before)
        _lead(published, place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def clear_replaced(published: Path, hours: float) -> int:
    """Remove publications that were replaced longer ago than so many hours; return how many."""
    current = current_of(published)
    oldest = time.time() - hours * SECONDS_OF_AN_HOUR
    old = [
        folder
        for folder in _numbered(published / FOLDERS)
        if folder.resolve() != current and folder.stat().st_mtime <= oldest
    ]
    for folder in old:
        # A killed removal leaves a folder that the next one removes.
        shutil.rmtree(folder)
    return len(old)


def take_over(old: Path, new: Path) -> None:
    """Have a file of the last publication in the new one, too, which costs no room."""
    make_shared_folder(new.parent)
    try:
        new.hardlink_to(old)
    except OSError:
        # Some file systems of networks know no second name of a file.
        shutil.copy2(old, new)
    share_file(new)


def _take_over_plain_files(published: Path) -> None:
    """Make a publication of what lies there without links, as it did before there were any."""
    if (published / CURRENT).exists() or not (published / LISTING).exists():
        return
    place = _next(published / FOLDERS)
    for name in NAMES:
        plain = published / name
        files = plain.rglob("*") if plain.is_dir() else [plain]
        for file in files:
            if file.is_file():
                take_over(file, place / file.relative_to(published))
    _lead(published, place)


def _lead(published: Path, place: Path) -> None:
    """Have ``current`` lead to a publication, and every promised name through it."""
    _link(published / CURRENT, f"{FOLDERS}/{place.name}")
    for name in NAMES:
        _link(published / name, f"{CURRENT}/{name}")
    flush(published)


def _link(name: Path, target: str) -> None:
    if name.is_symlink() and name.readlink() == Path(target):
        return
    unfinished = name.with_name(f".{name.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.symlink_to(target)
    if name.is_dir() and not name.is_symlink():
        # No rename puts a link in the place of a folder; it is one only the first time.
        aside = name.with_name(f".{name.name}.replaced")
        shutil.rmtree(aside, ignore_errors=True)
        name.rename(aside)
        unfinished.rename(name)
        shutil.rmtree(aside)
        return
    unfinished.replace(name)


def _next(folders: Path) -> Path:
    numbers = [int(folder.name) for folder in _numbered(folders)]
    return folders / f"{max(numbers, default=0) + 1:06}"


def _numbered(folders: Path) -> list[Path]:
    return sorted(folder for folder in folders.glob("*") if folder.name.isdecimal())
