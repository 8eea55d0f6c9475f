"""What tests build once and keep on the disk, for as long as nothing that it is made from changes.

Kept in ``data/kept/<name>-<key>``, where the key is the content of all the files that it follows
from; ``make clean`` takes it away. What is not here: what is built.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "data" / "kept"
# Whoever goes between two branches needs neither built anew.
KEPT_OF_A_NAME = 2
# Written by what works in these folders, and no source of anything.
NO_SOURCE = {"target", "logs", "__pycache__"}


def kept(
    name: str, sources: Sequence[str], make: Callable[[Path], None], folder: Path = KEPT
) -> Path:
    """Return a folder that the first test process to ask has filled for all of them.

    Args:
        name: what is in it.
        sources: files and folders of the project that it follows from.
        make: fills an empty folder; where it fails, the next to ask tries again.
        folder: of all that is kept.

    """
    place = folder / f"{name}-{key_of(sources)}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"{name}.lock"):
        finished = place / "finished"
        if not finished.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            finished.touch()
            forget_the_oldest(folder, name)
        # The newest is what was asked for last.
        finished.touch()
    return place


def forget_the_oldest(folder: Path, name: str) -> None:
    """Delete what was asked for longest ago, and what was left half done."""
    places = [path for path in folder.glob(f"{name}-*") if path.is_dir()]
    places.sort(key=lambda place: _asked_at(place / "finished"), reverse=True)
    for place in places[KEPT_OF_A_NAME:]:
        shutil.rmtree(place)


def key_of(sources: Sequence[str], root: Path = ROOT) -> str:
    """Return a short text that changes with the name or the content of any file."""
    digest = hashlib.sha256()
    for path in sorted(file for source in sources for file in _files(root / source)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
    for folder, below, names in os.walk(source):
        below[:] = [name for name in below if name not in NO_SOURCE]
        yield from (Path(folder) / name for name in names if not name.startswith("."))


def _asked_at(finished: Path) -> float:
    return finished.stat().st_mtime if finished.exists() else 0.0
