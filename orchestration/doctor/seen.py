"""What was seen of folders, tables and columns, and what becomes of each.

What is not here: what is wrong with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.adapters.definition import PRESENT
from orchestration.adapters.folders import OWN_OF_CONNECTORS
from orchestration.adapters.recognition import Recognition
from orchestration.doctor.sampling import Sample
from orchestration.doctor.values import Values
from orchestration.landing.column_names import folded_name, own_names
from orchestration.landing.contract import SourceTable


@dataclass(frozen=True)
class SeenColumn:
    """A column: its name, what becomes of it, what its values look like, and where."""

    name: str
    status: str
    guess: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class SeenTable:
    """A table: its folder, files, bytes, what it becomes, whether all was read, its columns."""

    name: str
    files: int
    bytes: int
    becomes: tuple[str, ...]
    in_part: bool
    columns: tuple[SeenColumn, ...]

    def named(self, status: str) -> list[str]:
        """Return the names of the columns of a status."""
        return [column.name for column in self.columns if column.status == status]


@dataclass(frozen=True)
class SeenFolder:
    """A folder: what it was taken for, why it is not read if it is not, and its tables."""

    name: str
    taken_for: str
    problem: str | None
    tables: tuple[SeenTable, ...]


def our_table(
    sample: Sample, name: str, table: SourceTable | None, seen: Mapping[str, Values]
) -> SeenTable:
    """Say what becomes of the columns of a table in our layout."""
    if table is None:
        return _seen(sample, name, (), seen, {})
    # The load finds columns in any capitals.
    own = {written: column for column, written in own_names(table, list(seen)).items()}
    seen = {own.get(written, written): values for written, values in seen.items()}
    status = {column: "mapped" if column in seen else "optional and absent"
              for column in table.column_names}  # fmt: skip
    for column in table.required_columns:
        if column not in seen:
            status[column] = "needed and absent"
    return _seen(sample, name, (table.folder,), seen, status)


def their_table(
    sample: Sample, name: str, recognition: Recognition, seen: Mapping[str, Values]
) -> SeenTable:
    """Say what an adapter makes of the columns of a table; nothing where there is none."""
    said = name.split("/")[-1]
    table = recognition.adapter.table_of(said, seen) if recognition.adapter else None
    if table is None or recognition.adapter is None:
        return _seen(sample, name, (), seen, {})
    written = {folded_name(name): name for name in seen}
    status = {written.get(folded_name(column), column): "mapped"
              if folded_name(column) in written else "optional and absent"
              for column in table.read}  # fmt: skip
    for column in table.missed_in(seen):
        status[column] = "needed and absent"
    # Connectors keep their own books in columns that nobody misses.
    own = {column: "of the connector" for column in seen if column not in status
           and column.lower().startswith(OWN_OF_CONNECTORS)}  # fmt: skip
    missed = {
        column for column in PRESENT if status[written.get(folded_name(column), column)] != "mapped"
    }
    status = {column: said for column, said in (status | own).items() if column not in missed}
    becomes = {w.landing_table for w in recognition.adapter.writes if table.name in w.reads}
    return _seen(sample, name, tuple(sorted(becomes)), seen, status)


def _seen(
    sample: Sample,
    name: str,
    becomes: tuple[str, ...],
    seen: Mapping[str, Values],
    status: Mapping[str, str],
) -> SeenTable:
    columns = []
    for column in dict.fromkeys((*status, *seen)):
        values = seen.get(column)
        guess, evidence = "", ""
        if values is not None and values.count:
            guess, evidence = values.kind, str(values.kinds[values.kind][1])
            if values.unit:
                guess += f"; {values.unit}"
        columns.append(SeenColumn(column, status.get(column, "unknown"), guess, evidence))
    copied = sample.copied.get(name, [])
    in_part = len(copied) < sample.files[name] or any(f.name in sample.in_part for f in copied)
    size = sample.bytes[name]
    return SeenTable(name, sample.files[name], size, becomes, in_part, tuple(columns))
