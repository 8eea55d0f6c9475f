"""Which adapter a folder of the landing folder is for, judged by the columns of its files.

Nothing is guessed: a folder that fits no adapter, or more than one, is left alone and named with
what was missed. What is not here: what is done with a folder that is recognised.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from orchestration.adapters.columns import columns_of, looked_at
from orchestration.adapters.definition import Adapter, VendorTable, known_adapters
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


@dataclass(frozen=True)
class Recognition:
    """What a folder was taken for.

    Attributes:
        folder: what lies there.
        adapter: that reads it; None where none does, or more than one would.
        tables: what of it is read, by the vendor's name of the table.
        unread: tables of the folder that the adapter does not know.
        missed: columns that were missed, by table, where a table is not read for that.
        problem: why no adapter reads it, and what to do.

    """

    folder: Folder
    adapter: Adapter | None = None
    tables: Mapping[str, Sequence[LandingFile]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    missed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str | None = None


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


def recognise(folder: Folder, adapters: Iterable[Adapter] | None = None) -> Recognition:
    """Decide which adapter reads a folder."""
    every_adapter = known_adapters() if adapters is None else tuple(adapters)
    fits = {adapter.name: _fitting(folder, adapter) for adapter in every_adapter}
    candidates = [
        adapter
        for adapter in every_adapter
        if any(table.name in adapter.recognised_by for table in fits[adapter.name].values())
    ]
    best = [
        adapter
        for adapter in candidates
        if not any(_is_better(fits, folder, other, adapter) for other in candidates)
    ]
    if len(best) > 1:
        return Recognition(folder, problem=_both(folder, best, fits))
    if not folder.tables and folder.is_state_only:
        return Recognition(
            folder,
            problem="it holds the state of a connector and no table: the sync has not come to its "
            "end, or writes elsewhere",
        )
    if not best:
        return Recognition(folder, problem=_nearest(folder, every_adapter))
    return _read_by(best[0], folder, fits[best[0].name])


def _read_by(adapter: Adapter, folder: Folder, fitting: Mapping[str, VendorTable]) -> Recognition:
    named = {said: _table_in(folder, said, adapter) for said in folder.tables}
    missed = {
        said: _missed(folder, said, table)
        for said, table in named.items()
        if table is not None and said not in fitting
    }
    if stranger := _other_columns(folder, adapter, fitting):
        return Recognition(folder, problem=stranger)
    tables: dict[str, list[LandingFile]] = {}
    for said, table in fitting.items():
        tables.setdefault(table.name, []).extend(folder.tables[said])
    unread = tuple(said for said, table in named.items() if table is None)
    return Recognition(folder, _as_spelled(adapter, folder, fitting), tables, unread, missed)


def _as_spelled(adapter: Adapter, folder: Folder, fitting: Mapping[str, VendorTable]) -> Adapter:
    """Return the adapter with the capitals in which this folder writes the columns."""
    tables = dict(adapter.tables)
    for said, table in fitting.items():
        seen = folder.columns_of_table(said)
        spellings = {
            name: tuple(sorted(s for s in seen if s != name and s.lower() == name.lower()))
            for name in table.read
        }
        if any(spellings.values()):
            other = {name: found for name, found in spellings.items() if found}
            tables[table.name] = replace(table, spellings=other)
    return adapter if tables == adapter.tables else replace(adapter, tables=tables)


def _table_of(file: LandingFile, folder: str) -> str | None:
    """Return the name of the table that a file belongs to; None for what connectors keep."""
    below = file.name.removeprefix(f"{folder}/").split("/")
    said = below[0] if len(below) > 1 else below[0].split(".")[0]
    is_own = said.startswith(OWN_OF_CONNECTORS) or said in OWN_NAMES or below[-1] in OWN_NAMES
    return None if is_own else said


def _fitting(folder: Folder, adapter: Adapter) -> dict[str, VendorTable]:
    found = {said: _table_in(folder, said, adapter) for said in folder.tables}
    return {
        said: table
        for said, table in found.items()
        if table is not None and not _missed(folder, said, table)
    }


def _table_in(folder: Folder, said: str, adapter: Adapter) -> VendorTable | None:
    return adapter.table_of(said, folder.columns_of_table(said))


def _missed(folder: Folder, said: str, table: VendorTable) -> tuple[str, ...]:
    seen = folder.columns_of_table(said)
    known = {name.lower() for name in table.read}
    if table.nothing_else and not {name.lower() for name in seen} <= known:
        return ("no other than these",)
    return table.missed_in(seen)


def _is_better(
    fits: Mapping[str, Mapping[str, VendorTable]], folder: Folder, one: Adapter, other: Adapter
) -> bool:
    """Tell whether one adapter reads all that the other does, and more of it."""
    mine, others = fits[one.name], fits[other.name]
    if not {*others} <= {*mine}:
        return False
    if {*others} < {*mine}:
        return True
    # Of two that read the same tables it is the one that asks for more of their columns.
    return all({*others[t].required} <= {*mine[t].required} for t in mine) and any(
        {*others[t].required} < {*mine[t].required} for t in mine
    )


def _other_columns(
    folder: Folder, adapter: Adapter, fitting: Mapping[str, VendorTable]
) -> str | None:
    """Say which file is of another dialect than the others of its table, if one is."""
    for said, table in fitting.items():
        for file in folder.tables[said]:
            seen = folder.columns.get(file.name)
            absent = seen and table.missed_in(seen)
            for other in known_adapters() if absent else ():
                twin = other.table_of(said, seen)
                if other.name != adapter.name and twin and not twin.missed_in(seen):
                    return (
                        f"two dialects in one folder: {file.name} has the columns of {other.name} "
                        f"({', '.join(twin.required)}) and the others of {said} those of "
                        f"{adapter.name}. Put one of them into a folder of its own beside it"
                    )
    return None


def _both(
    folder: Folder, best: Sequence[Adapter], fits: Mapping[str, Mapping[str, VendorTable]]
) -> str:
    said = "; ".join(
        f"{adapter.name} by "
        + ", ".join(
            f"{said} ({', '.join(table.required[:4])}; {folder.tables[said][0].name})"
            for said, table in fits[adapter.name].items()
        )
        for adapter in best
    )
    return (
        f"two dialects in one folder: it was recognised as {said}. Put the tables of one of them "
        "into a folder of its own beside it"
    )


def _nearest(folder: Folder, adapters: Sequence[Adapter]) -> str | None:
    """Say what was missed where the names of the tables are those of an adapter."""
    near = []
    for adapter in adapters:
        for said in folder.tables:
            table = _table_in(folder, said, adapter)
            if table is not None and (table.is_called(said) or folder.name == adapter.vendor):
                missed = _missed(folder, said, table)
                near.append((len(missed) / len(table.required), adapter, said, missed))
    if not near:
        return None
    share, adapter, said, missed = min(near, key=lambda entry: (entry[0], entry[1].name))
    if not missed:
        return (
            f"{said} is as {adapter.name} writes it, which alone says nothing; expected one of "
            f"{', '.join(adapter.recognised_by)} beside it"
        )
    if share == 1 and folder.name != adapter.vendor:
        return None
    return (
        f"its table {said} is nearest to that of {adapter.name}, which has the columns "
        f"{', '.join(missed)} too; they were missed in {folder.tables[said][0].name}"
    )


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
