"""What lies in the landing folder and belongs to no table of the contract.

What is not here: what lies below the folder of a table, which is ``files``.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from orchestration.landing.contract import SourceTable
from orchestration.landing.files import shown, visible

# More would push everything else off the screen.
STRANGERS_NAMED = 20


def unmatched(
    landing: Path, declared: Iterable[SourceTable], adapted: Collection[str] = ()
) -> list[str]:
    """List folders and files that belong to no table of the contract, relative to landing.

    What an adapter reads does not, and what dlt keeps beside its tables for itself.
    """
    systems, folders = {*adapted}, set()
    for table in declared:
        systems.add(table.system)
        folders.add(table.folder)
    found = []
    for entry in visible(landing):
        if entry.name not in systems or not (entry.is_dir() or entry.is_symlink()):
            found.append(entry.name)
            continue
        if entry.name in adapted:
            continue
        # Where the folder cannot be listed, its tables are refused by name.
        with suppress(OSError):
            inside = [f"{entry.name}/{child.name}" for child in visible(entry)]
            found += [name for name in inside if name not in folders and not _is_dlt(name)]
    return [shown(name) for name in found]


def names_of(strangers: list[str]) -> str:
    """Write the names of folders and files as one phrase, which many of them do not lengthen."""
    more = len(strangers) - STRANGERS_NAMED
    return ", ".join(strangers[:STRANGERS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_dlt(name: str) -> bool:
    last = name.split("/")[-1]
    return last.startswith("_dlt_") or last == "init"
