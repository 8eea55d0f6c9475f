"""What the folders of adapters say: the tables of an export and the landing tables they become.

What is not here: which adapter a folder is for, which ``recognition`` decides.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.landing.errors import ContractError

FOLDER = Path(__file__).parent
MACROS = FOLDER / "macros.sql"
KEYS = {"title", "recognised_by", "tables", "steps", "writes", "cannot_carry"}
# Folder of a vendor with statements that several of its dialects share.
SHARED = "shared"
# Of a table that is known by its columns whatever its folder or file is called.
ANY_NAME = "*"
# Columns that say with no that a line is none to count: a former state, as Fivetran keeps them
# where history is on, or one of a vendor's test mode.
PRESENT = ("_fivetran_active", "livemode")
# What every row of a vendor's table has besides its own columns.
LINEAGE = ("landed_file", "landed_line", "is_deleted")


@dataclass(frozen=True)
class VendorTable:
    """A table of an export.

    Attributes:
        name: of its folder or file, and of the relation that SQL reads.
        required: columns by which it is known.
        optional: columns that it may have; a column that no file has is NULL, never zero.
        deleted_by: columns that say that a row was deleted at the source.
        also_called: other names of its folder or file.
        nothing_else: it is known by having no other columns.
        spellings: other capitals in which files were seen to write a column.

    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    deleted_by: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    nothing_else: bool = False
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that SQL can read, once."""
        told = dict.fromkeys((*self.required, *self.optional))
        return tuple(name for name in told if name not in self.deleted_by)

    @property
    def read(self) -> tuple[str, ...]:
        """Return every column that is read of a file, those too that tell it deleted."""
        return tuple(dict.fromkeys((*self.columns, *self.deleted_by, *PRESENT)))

    def is_called(self, said: str) -> bool:
        """Tell whether a folder or file of this name is one of it, in any capitals."""
        return said.lower() in (name.lower() for name in (self.name, *self.also_called))

    def missed_in(self, seen: Collection[str]) -> tuple[str, ...]:
        """Return the columns by which it is known that were not seen, in any capitals."""
        folded = {name.lower() for name in seen}
        return tuple(name for name in self.required if name.lower() not in folded)


@dataclass(frozen=True)
class Write:
    """Rows of a landing table that an adapter makes.

    Attributes:
        sql: file whose query gives the rows, with ``landed_file`` and ``landed_line``.
        landing_table: ``<system>/<table>`` of our contract.
        driver: vendor table of whose lines the rows are.
        lookups: vendor tables that the query reads besides.
        one_by_one: a row follows from one line of the driver alone, so new files are read alone.
        only_if_alone: only where nothing else in the landing folder brings that landing table.
        query: the query itself where no file holds it.
        steps: files of queries that it reads by their names, which call columns as it does.

    """

    sql: Path
    landing_table: str
    driver: str
    lookups: tuple[str, ...] = ()
    one_by_one: bool = False
    only_if_alone: bool = False
    query: str | None = None
    steps: tuple[Path, ...] = ()

    @property
    def text(self) -> str:
        """Return the query, with the steps that it reads."""
        text = self.sql.read_text(encoding="utf-8") if self.query is None else self.query
        steps = [f"{step.stem} as (\n{step.read_text(encoding='utf-8')}\n)" for step in self.steps]
        return f"with {', '.join(steps)} select * from (\n{text}\n)" if steps else text

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the names of the vendor tables that the query reads."""
        return (self.driver, *self.lookups)


@dataclass(frozen=True)
class Adapter:
    """How the export of one vendor by one connector is read.

    Attributes:
        vendor: whose system it is.
        dialect: what moved the data, as that decides names and units.
        title: for people.
        folder: where it is defined.
        recognised_by: vendor tables each of which is enough to know the export by.
        tables: vendor tables by name.
        writes: what becomes of them.
        cannot_carry: what a landing table holds and the export does not tell, with the reason.

    """

    vendor: str
    dialect: str
    title: str
    folder: Path
    recognised_by: tuple[str, ...]
    tables: Mapping[str, VendorTable]
    writes: tuple[Write, ...]
    cannot_carry: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return vendor and dialect in one word."""
        return f"{self.vendor}/{self.dialect}"

    def table_of(self, said: str, seen: Collection[str] = ()) -> VendorTable | None:
        """Return the vendor table that a folder or file of this name and these columns holds.

        Of tables that may have any name it is the one that asks for most of the columns; where
        none has all that it asks for, the one of this name, else the one that lacks the fewest.
        """
        named = [table for table in self.tables.values() if table.is_called(said)]
        whatever = [table for table in self.tables.values() if ANY_NAME in table.also_called]
        missed = {table.name: len(table.missed_in(seen)) for table in (*named, *whatever)}
        fitting = [table for table in whatever if not missed[table.name]]
        if fitting and not any(not missed[table.name] for table in named):
            return max(fitting, key=lambda table: len(table.required))
        return min(named or whatever, key=lambda table: missed[table.name], default=None)


@cache
def known_adapters() -> tuple[Adapter, ...]:
    """Read every adapter of the project, sorted by name.

    Raises:
        ContractError: a definition cannot be used; the text says which, and what is wrong.

    """
    paths = sorted(FOLDER.glob("*/*/adapter.yml"))
    return tuple(read_adapter(path) for path in paths)


def read_adapter(path: Path) -> Adapter:
    """Read the definition of one adapter.

    Raises:
        ContractError: it cannot be used.

    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise _wrong(path, f"it is no YAML, {error}") from error
    if not isinstance(said, dict) or not {"title", "tables", "writes"} <= {*said} <= KEYS:
        raise _wrong(path, f"expected the keys {', '.join(sorted(KEYS))}")
    tables = {name: _table(path, name, entry or {}) for name, entry in said["tables"].items()}
    steps = {name: _names(reads) for name, reads in (said.get("steps") or {}).items()}
    writes = tuple(_write(path, entry, tables, steps) for entry in said["writes"])
    pairs = [(write.landing_table, write.driver) for write in writes]
    if twice := sorted({pair for pair in pairs if pairs.count(pair) > 1}):
        raise _wrong(path, f"two writes make {twice[0][0]} of {twice[0][1]}; expected one")
    recognised_by = tuple(said.get("recognised_by") or tables)
    if unknown := [name for name in recognised_by if name not in tables]:
        raise _wrong(path, f"recognised_by names no table: {', '.join(unknown)}")
    return Adapter(
        vendor=path.parent.parent.name,
        dialect=path.parent.name,
        title=said["title"],
        folder=path.parent,
        recognised_by=recognised_by,
        tables=tables,
        writes=writes,
        cannot_carry=said.get("cannot_carry") or {},
    )


def _table(path: Path, name: str, entry: Mapping[str, Any]) -> VendorTable:
    known = {"required", "optional", "deleted_by", "also_called", "nothing_else"}
    if not {*entry} <= known or not entry.get("required"):
        raise _wrong(path, f"table {name} needs required columns, and has no key but {known}")
    said = {key: tuple(map(str, v)) if isinstance(v, list) else v for key, v in entry.items()}
    return VendorTable(name, **said)


def _write(
    path: Path,
    entry: Mapping[str, Any],
    tables: Mapping[str, VendorTable],
    steps: Mapping[str, tuple[str, ...]],
) -> Write:
    sql, driver, named = _sql(path, entry["sql"]), entry["from"], _names(entry.get("with"))
    every = tuple(dict.fromkeys(_with_below(named, steps)))
    lookups = tuple(name for name in every if name not in steps and name != driver)
    if unknown := [name for name in (driver, *lookups) if name not in tables]:
        raise _wrong(path, f"{entry['sql']} reads {', '.join(unknown)}, which is no table of it")
    system, table = sql.stem.split("__")[:2]
    how = {key: bool(entry.get(key)) for key in ("one_by_one", "only_if_alone")}
    files = tuple(_sql(path, f"{name}.sql") for name in every if name in steps)
    return Write(sql, f"{system}/{table}", driver, lookups, **how, steps=files)


def _with_below(names: Sequence[str], steps: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield tables and steps, each step after all that it reads."""
    for name in names:
        yield from _with_below(steps.get(name, ()), steps)
        yield name


def _sql(path: Path, name: str) -> Path:
    """Return a statement of the dialect, else the one that its vendor's dialects share."""
    places = (path.parent / name, path.parent.parent / SHARED / name)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise _wrong(path, f"there is no file {name}, neither beside it nor in ../{SHARED}")
    return found


def _names(said: Sequence[str] | str | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())


def _wrong(path: Path, what: str) -> ContractError:
    return ContractError(f"The adapter {path} cannot be used: {what}.")
