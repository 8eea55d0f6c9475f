"""What was made of which vendor's file, and from what: the book ``raw.adapted_files``.

What is not here: the making, which is ``writing``'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import duckdb

Connection = duckdb.DuckDBPyConnection
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Made:
    """A landing file that was made of a vendor's file.

    Attributes:
        system: of the landing table.
        table_name: of the landing table.
        file: name of the vendor's file.
        adapter: that made it.
        cause: hash of all that it follows from.
        adapted_sha256: of the file made; None where the vendor's file gives no row of the table.
        vendor_lines: lines of the vendor's file.
        row_count: rows made of it.
        read_tables: vendor tables that had files when any of its rows were made, each once; None
            where a version made it that did not note them.

    """

    system: str
    table_name: str
    file: str
    adapter: str
    cause: str
    adapted_sha256: str | None
    vendor_lines: int
    row_count: int
    read_tables: list[str] | None = None

    @property
    def key(self) -> Key:
        """Return what tells it from others."""
        return (self.system, self.table_name, self.file)

    def is_emptied(self, before: "Mapping[Key, Made]") -> bool:
        """Tell whether the file gave rows before and gives none now, as a later one says them."""
        former = before.get(self.key)
        return not self.adapted_sha256 and former is not None and bool(former.adapted_sha256)


def made_before(connection: Connection) -> Mapping[Key, Made]:
    """Read what was made before and is still what the books of the loads say is loaded."""
    rows = connection.execute(
        "select made.* from raw.adapted_files as made where adapted_sha256 is null or exists ("
        "select 1 from raw.loads where loads.system = made.system "
        "and loads.table_name = made.table_name and loads.file = made.file "
        "and loads.file_sha256 = made.adapted_sha256 and loads.refusal is null) or exists ("
        "select 1 from raw.replays where replays.system = made.system "
        "and replays.table_name = made.table_name and replays.file = made.file "
        "and replays.file_sha256 = made.adapted_sha256)"
    ).fetchall()
    return {made.key: made for made in (Made(*row) for row in rows)}


def remember(connection: Connection, made: Sequence[Made]) -> None:
    """Put what was made into the book, in the place of what was made of the same files before."""
    if not made:
        return
    columns = list(zip(*(astuple(entry) for entry in made), strict=True))
    names = list(Made.__dataclass_fields__)
    listed = ", ".join(f"unnest(${name}) as {name}" for name in names)
    values = {name: list(column) for name, column in zip(names, columns, strict=True)}
    connection.execute("begin")
    connection.execute(
        "delete from raw.adapted_files as former using (select unnest($system) as system, "
        "unnest($table_name) as table_name, unnest($file) as file) as made "
        "where former.system = made.system and former.table_name = made.table_name "
        "and former.file = made.file",
        {name: values[name] for name in ("system", "table_name", "file")},
    )
    connection.execute(f"insert into raw.adapted_files by name select {listed}", values)
    connection.execute("commit")
