"""Which adapter a folder of the landing folder is for, judged by the columns of its files.

Nothing is guessed: a folder that fits no adapter, or more than one, is left alone and named with
what was missed. What is not here: what is done with a folder that is recognised.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from orchestration.adapters.definition import Adapter, VendorTable
from orchestration.adapters.folders import Folder
from orchestration.adapters.known import known_adapters
from orchestration.landing.column_names import folded_name
from orchestration.landing.files import LandingFile


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
        doubtful: columns that a file writes in two ways, neither as the vendor does, by table;
            neither is read.
        lacking: columns that a file lacks, by its name, where others of its table have them.

    """

    folder: Folder
    adapter: Adapter | None = None
    tables: Mapping[str, Sequence[LandingFile]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    missed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problem: str | None = None
    doubtful: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
    doubtful = {said: _doubtful(folder, said, table) for said, table in fitting.items()}
    return Recognition(
        folder,
        _as_spelled(adapter, folder, fitting, doubtful),
        tables,
        unread,
        missed,
        doubtful={said: names for said, names in doubtful.items() if names},
    )


def _doubtful(folder: Folder, said: str, table: VendorTable) -> tuple[str, ...]:
    """Return the columns that one file writes in two ways, neither as the vendor does."""
    found = set()
    for file in folder.tables[said]:
        seen = [*dict.fromkeys(folder.columns.get(file.name, ()))]
        written = Counter(folded_name(name) for name in seen)
        found |= {
            name for name in table.read if written[folded_name(name)] > 1 and name not in seen
        }
    return tuple(name for name in table.read if name in found)


def _as_spelled(
    adapter: Adapter,
    folder: Folder,
    fitting: Mapping[str, VendorTable],
    doubtful: Mapping[str, Collection[str]],
) -> Adapter:
    """Return the adapter with the capitals and signs in which this folder writes the columns."""
    tables = dict(adapter.tables)
    for said, table in fitting.items():
        seen = folder.columns_of_table(said)
        spellings = {
            name: tuple(
                sorted(s for s in seen if s != name and folded_name(s) == folded_name(name))
            )
            for name in table.read
            if name not in doubtful[said]
        }
        if any(spellings.values()):
            other = {name: found for name, found in spellings.items() if found}
            tables[table.name] = replace(table, spellings=other)
    return adapter if tables == adapter.tables else replace(adapter, tables=tables)


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
    known = {folded_name(name) for name in table.read}
    if table.nothing_else and not {folded_name(name) for name in seen} <= known:
        # It is known by having no others, so with others it is none of its columns that counts.
        return table.required
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
                share = len(missed) / len(table.required)
                near.append((not table.is_called(said), share, adapter, said, missed))
    if not near:
        return None
    # What is called as the table is nearer than what only has some of its columns.
    _, share, adapter, said, missed = min(near, key=lambda entry: (*entry[:2], entry[2].name))
    if not missed:
        return (
            f"{said} is as {adapter.name} writes it, which alone says nothing; expected one of "
            f"{', '.join(adapter.recognised_by)} beside it"
        )
    # Of what has hardly any of the columns a name says nothing, unless it is the vendor's.
    if share > 0.75 and folder.name != adapter.vendor:
        return None
    return (
        f"its table {said} is nearest to that of {adapter.name}, which has the columns "
        f"{', '.join(missed)} too; they were missed in {folder.tables[said][0].name}"
    )
