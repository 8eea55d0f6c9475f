"""What an operator should know about a landing, in a few lines.

What is not here: each file and line, which ``raw.loads`` and ``raw.quarantine`` have.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from orchestration.landing.strangers import names_of
from orchestration.landing.transactions import TableLoad
from orchestration.process.files_below import files_below

# More would push everything else off the screen.
REFUSALS_SHOWN = 10
# How it begins what is said of folders, files and columns that were not read.
UNREAD = ("Not read", "Read: of", "Not loaded, as")
OF_FOLDERS = (*UNREAD, "Still there")
OF_NO_USE = "makes nothing of it."
# So ends what is said of a folder whose files are refused, each in the books of the loads.
IN_BOOKS = "What it brought before stays."


def remarks(loads: Sequence[TableLoad], absent: Sequence[str]) -> Iterator[str]:
    """Say what an operator should know about a landing, in a few lines."""
    refused = [f"{name}: {why}" for load in loads for name, why in sorted(load.refused.items())]
    for text in refused[:REFUSALS_SHOWN]:
        # What was found stays in raw.quarantine: it may be personal.
        yield f"Refused {text.split(' but found')[0]}"
    if len(refused) > REFUSALS_SHOWN:
        more = len(refused) - REFUSALS_SHOWN
        yield f"Refused {more} more files; raw.loads says which and why."
    waiting = sorted(name for load in loads for name in load.waiting)
    if waiting:
        yield f"Still being written, so left for the next run: {names_of(waiting)}."
    bad = {f"{load.system}/{load.table}": load.rows_quarantined for load in loads}
    if total := sum(bad.values()):
        lines = ", ".join(f"{name} {count:,}" for name, count in bad.items() if count)
        yield f"Quarantined {total:,} lines ({lines}); raw.quarantine says which and why."
    if absent:
        yield f"Nothing has landed for {', '.join(absent)}: what needs them stays empty."


def all_gone(connection: duckdb.DuckDBPyConnection, landing: Path) -> str | None:
    """Say that the landing folder is empty and was not; None where it is not, or never was.

    Files may be taken away once they are loaded; a folder that is not mounted looks the same.
    """
    if any(not path.name.startswith(".") for path, _ in files_below(landing)):
        return None
    (count,) = connection.execute("select count(*) from raw.loads where refusal is null").fetchone()
    if not count:
        return None
    return (
        f"Not read: the landing folder is empty, though {count:,} file(s) were loaded from it. "
        "What they brought stays, and nothing new comes in: see whether the folder is mounted, "
        "and whether LANDING leads where it did."
    )


def is_remark(said: str) -> bool:
    """Tell whether an operator should see what a load says, who else finds it in the log.

    A vendor's export has many tables of no use, the same each day; in a folder that a person has
    mapped such a table is one that was forgotten.
    """
    is_usual = said.endswith(OF_NO_USE) and "/mapping " not in said
    return said.startswith(OF_FOLDERS) and not is_usual


def is_unread(said: str) -> bool:
    """Tell whether it names what was not read, which the page of the data names, too."""
    return is_remark(said) and said.startswith(UNREAD) and not said.endswith(IN_BOOKS)
