"""What an adapter is: the tables of an export and the landing tables that they become.

What is not here: the reading of definitions, which ``known`` does, and which adapter a folder is
for, which ``recognition`` decides.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.landing.column_names import folded_name

FOLDER = Path(__file__).parent
# Of a table that is known by its columns whatever its folder or file is called.
ANY_NAME = "*"
# What export buttons and backups write around the name of a table.
DECORATION = {"all", "backup", "crm", "data", "export", "exports", "extract", "full"}
NO_WORD = re.compile(r"[\W\d_]+")
# Columns that say with no that a line is none to count: a former state, as Fivetran keeps them
# where history is on, or one of a vendor's test mode.
PRESENT = ("_fivetran_active", "livemode")
# Columns of Stripe that name another business whose line it is: one that a platform has connected.
OF_OTHERS = ("connected_account_id",)
# What every row of a vendor's table has besides its own columns.
LINEAGE = ("landed_file", "landed_line", "is_deleted")
# What a query tells of a line that it can make no row of: why, and what stood there.
PROBLEM = ("landed_problem", "landed_text")


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
        spellings: other capitals and signs in which files were seen to write a column.
        numbers: columns whose numbers are told from texts that may mean another number.
        prefix: stands before its name and those of its columns in SQL, where a person has chosen
            them, so that they are no names of ours.

    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    deleted_by: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    nothing_else: bool = False
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    prefix: str = ""

    @property
    def relation(self) -> str:
        """Return the name of the relation that SQL reads."""
        return self.in_sql(self.name)

    def in_sql(self, name: str) -> str:
        """Return what SQL calls the table or one of its columns."""
        return f"{self.prefix}{name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that SQL can read, once."""
        told = dict.fromkeys((*self.required, *self.optional))
        return tuple(name for name in told if name not in self.deleted_by)

    @property
    def read(self) -> tuple[str, ...]:
        """Return every column that is read of a file, those too that tell it deleted."""
        told = dict.fromkeys((*self.columns, *self.deleted_by))
        lower = {name.lower() for name in told}
        of_others = () if self.prefix else OF_OTHERS
        return (*told, *(name for name in (*PRESENT, *of_others) if name not in lower))

    def is_called(self, said: str) -> bool:
        """Tell whether a folder or file of this name is one of it, in any capitals.

        What an export button adds is no part of the name: export-2026-05-04-tickets (1) is tickets.
        """
        names = {name.lower() for name in (self.name, *self.also_called)}
        words = [word for word in NO_WORD.split(said.lower()) if word and word not in DECORATION]
        return said.lower() in names or "_".join(words) in names

    def missed_in(self, seen: Collection[str]) -> tuple[str, ...]:
        """Return the columns by which it is known that were not seen.

        They are found in any capitals and with any signs: AccountId is account_id.
        """
        folded = {folded_name(name) for name in seen}
        return tuple(name for name in self.required if folded_name(name) not in folded)


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
        unsaid_units: columns of amounts of which a person should have said what they count.
        unsaid_durations: columns of durations of which nobody said it.
        people_are_accounts: the column of people is that of accounts.

    """

    sql: Path
    landing_table: str
    driver: str
    lookups: tuple[str, ...] = ()
    one_by_one: bool = False
    only_if_alone: bool = False
    query: str | None = None
    steps: tuple[Path, ...] = ()
    unsaid_units: tuple[str, ...] = ()
    unsaid_durations: tuple[str, ...] = ()
    people_are_accounts: bool = False

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
