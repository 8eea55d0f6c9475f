"""What lies in a folder of the landing folder that is none of our contract's.

What is not here: which adapter reads it, which ``recognition`` decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.adapters.columns import columns_of, looked_at
from orchestration.landing.files import LandingFile, described_below, shown

# What connectors keep beside their tables for themselves.
OWN_OF_CONNECTORS = ("_dlt_", "_airbyte_", "_fivetran_")
OWN_NAMES = ("init", "manifest.json", "state.json", "_SUCCESS", "mapping.yml")


@dataclass(frozen=True)
class Folder:
    """A folder of the landing folder that is none of our contract's.

    Attributes:
        name: of the folder.
        tables: files of each of its tables, by the name of their folder or file.
        columns: columns of each file that was looked at, by the file's name.
        is_state_only: there are files, and all of them are what connectors keep for themselves.

    """

    name: str
    tables: Mapping[str, Sequence[LandingFile]]
    columns: Mapping[str, tuple[str, ...]]
    is_state_only: bool = False

    def columns_of_table(self, table: str) -> set[str]:
        """Return every column that any of the files of a table was seen to have."""
        return {column for file in self.tables[table] for column in self.columns.get(file.name, ())}


def look_at(landing: Path, name: str) -> Folder:
    """List the tables of a folder with the columns of their files, read from their beginnings."""
    tables: dict[str, list[LandingFile]] = {}
    below = described_below(landing, name)
    for file in below:
        if table := _table_of(file, name):
            tables.setdefault(table, []).append(file)
    seen = [file for files in tables.values() for file in looked_at(files) if not file.refusal]
    columns = {file.name: columns_of(file) for file in seen}
    return Folder(name, tables, columns, is_state_only=bool(below) and not tables)


def strangers_of(landing: Path, systems: Iterable[str]) -> list[str]:
    """Return the names of the folders of a landing folder that are no system of the contract."""
    known = {*systems}
    return sorted(
        shown(entry.name)
        for entry in landing.iterdir()
        if entry.name not in known
        and not entry.name.startswith((".", "_"))
        and entry.is_dir()
        and not entry.is_symlink()
    )


def _table_of(file: LandingFile, folder: str) -> str | None:
    """Return the name of the table that a file belongs to; None for what connectors keep."""
    below = file.name.removeprefix(f"{folder}/").split("/")
    said = below[0] if len(below) > 1 else below[0].split(".")[0]
    is_own = said.startswith(OWN_OF_CONNECTORS) or said in OWN_NAMES or below[-1] in OWN_NAMES
    return None if is_own else said
