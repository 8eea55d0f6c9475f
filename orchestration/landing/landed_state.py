"""Whether anything lies in the landing folder that a warehouse does not have, by a look at it.

What is not here: which lines are new, which the loader decides by the content of the files.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from orchestration.process.files_below import files_below
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.state_files import read_state


def landing_state(landing: Path) -> str | None:
    """Return a short text that changes with the name, time or size of any landing file."""
    files = [path for path, _ in files_below(landing) if not path.name.startswith(".")]
    return digest(files) if files else None


def remember_landed(warehouse: Path, state: str | None) -> None:
    """Note the state of the landing folder before all of it was loaded into a warehouse."""
    with write_atomically(_landed_note(warehouse)) as note:
        note.write_text(json.dumps({"landing": state}), encoding="utf-8")


def landed_state(warehouse: Path) -> str | None:
    """Return the state of the landing folder that a warehouse has; None where nobody knows."""
    note = read_state(_landed_note(warehouse), ["landing"]) if warehouse.exists() else None
    return note["landing"] if note else None


def digest(files: Iterable[Path]) -> str:
    """Return a short text that changes with the name, time or size of any of these files."""
    facts = sorted((str(path), *_age_and_size(path)) for path in files)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _age_and_size(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


def _landed_note(warehouse: Path) -> Path:
    return warehouse.with_suffix(".landed.json")
