"""Batches of files: how they are put together, read, and moved into raw and quarantine.

Small files share a batch, since a statement costs more than they do. What is not here: the
transaction around a batch, which is ``transactions``'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb
import pyarrow
from pyarrow import compute

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal, refusal_of
from orchestration.landing.files import LandingFile, same_as_when_hashed
from orchestration.landing.ledger import Counts
from orchestration.landing.lines import SCHEMA, read_lines
from orchestration.landing.parquet import column_types, count_rows, parquet_reading
from orchestration.landing.parts import PARTS, put_aside, show_parts
from orchestration.landing.plan import load_id
from orchestration.landing.readings import csv_reading, jsonl_reading
from orchestration.landing.records import read_records, record_schema
from orchestration.landing.registered import registered
from orchestration.landing.second_looks import look_again
from orchestration.landing.sql_texts import quoted
from orchestration.landing.statements import batch_statement
from orchestration.landing.thousands import untell_thousands

# Enough that statements cost little, and little enough to be lost when a run is killed; of usual
# lines not more than a part, as putting parts aside costs as much as a third of reading them.
BATCH_BYTES = 96 * 1024 * 1024
BATCH_FILES = 500
# So many times its size is what is packed in a file of lines.
UNPACKED = 7
# A file of tiny lines has millions, each of which takes room for every column until it is moved.
PART_ROWS = 250_000
# Below this a look at the first lines costs more than it saves.
FEW_LINES = 1000
MOST_KEY_LISTS = 100
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Batch:
    """Files of one table and format that are read together; Parquet also of one schema."""

    files: tuple[LandingFile, ...]
    format: str
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Read:
    """What reading a batch found.

    Attributes:
        lines: number of lines per file.
        refusals: of files that cannot be read after all.
        parts: number of parts in which the batch was read.
        stopped: what ended the reading for good, as it does not get through DuckDB unchanged.

    """

    lines: list[int]
    refusals: dict[int, str] = field(default_factory=dict)
    parts: int = 1
    stopped: BaseException | None = None


def make_batches(
    connection: Connection,
    table: SourceTable,
    files: Sequence[LandingFile],
    refuse: Callable[[LandingFile, str], None],
) -> Iterator[Batch]:
    """Put files into batches, in their order; refuse those that are no Parquet files."""
    held: list[LandingFile] = []
    kind: tuple[str, Mapping[str, str]] = ("", {})
    is_adapted = False
    for file in files:
        try:
            types = column_types(connection, file, table) if file.format == "parquet" else {}
        except Refusal as refusal:
            refuse(file, str(refusal))
            continue
        is_other = (file.format, types) != kind or file.is_adapted != is_adapted
        if held and (is_other or _is_full([*held, file])):
            yield Batch(tuple(held), *kind)
            held = []
        held, kind, is_adapted = [*held, file], (file.format, types), file.is_adapted
    if held:
        yield Batch(tuple(held), *kind)


def read_batch(connection: Connection, table: SourceTable, batch: Batch) -> Read:
    """Read a batch into the temporary relation ``landing_batch``.

    Raises:
        duckdb.Error: DuckDB cannot read a file, or has no room.
        LandingError: reading a file shows a fault of the loader.

    """
    if batch.format == "parquet":
        reading = parquet_reading(batch.files, batch.types, table)
        connection.execute(batch_statement(table, reading))
        look_again(connection, table)
        untell_thousands(connection, table, "landing_batch")
        return Read([count_rows(file) for file in batch.files])
    read = Read([0] * len(batch.files))
    try:
        _read_text(connection, table, batch, read)
    except duckdb.Error:
        if read.stopped is not None:
            raise read.stopped from None
        raise
    return read


def _read_text(connection: Connection, table: SourceTable, batch: Batch, read: Read) -> None:
    schema = SCHEMA if batch.format == "jsonl" else record_schema(table)
    batches = arrow_batches(table, batch, read)
    first, reading = next(batches, None), csv_reading(table)
    if batch.format == "jsonl":
        reading = jsonl_reading(table, usual_keys(connection, first))
    while True:
        lines = pyarrow.RecordBatchReader.from_batches(schema, _limited(first, batches))
        with registered(connection, "landing_lines", lines):
            connection.execute(batch_statement(table, reading))
        look_again(connection, table)
        first = next(batches, None)
        if first is not None or read.parts > 1:
            put_aside(connection, read.parts)
        if first is None:
            break
        read.parts += 1
    place = PARTS if read.parts > 1 else "landing_batch"
    if numbers := ", ".join(str(number) for number in sorted(read.refusals)):
        connection.execute(f"delete from {place} where _file_number in ({numbers})")
    untell_thousands(connection, table, place)
    if read.parts > 1:
        show_parts(connection)


def _limited(
    first: pyarrow.RecordBatch | None, batches: Iterator[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """Go on with batches until there are rows enough for a part."""
    rows, lines = 0, first
    while lines is not None:
        yield lines
        rows += lines.num_rows
        lines = next(batches, None) if rows < PART_ROWS else None


def move_batch(
    connection: Connection, table: SourceTable, batch: Batch, read: Read, loaded_at: datetime
) -> list[Counts]:
    """Move a batch into its raw table and quarantine; count rows of either for each file."""
    names = ", ".join(quoted(column.name) for column in table.columns)
    lists = {
        "identifiers": [load_id(table, file) for file in batch.files],
        "files": [file.name for file in batch.files],
    }
    connection.execute(
        f"insert into raw.{quoted(table.identifier)} "
        f"({names}, _load_id, _file, _line, _loaded_at, _extra, _is_deleted) "
        f"select {names}, list_extract($identifiers, _file_number + 1), "
        "list_extract($files, _file_number + 1), _line, $loaded_at, _extra, _is_deleted "
        "from landing_batch where _reason is null",
        {**lists, "loaded_at": loaded_at},
    )
    for part in range(read.parts):
        # One after the other, as sorting takes memory.
        only = "" if read.parts == 1 else f"and _part = {part}"
        connection.execute(
            "insert into raw.quarantine select list_extract($identifiers, _file_number + 1), "
            "$system, $name, list_extract($files, _file_number + 1), _line, _reason, _text "
            f"from landing_batch where _reason is not null {only} order by _file_number, _line",
            {**lists, "system": table.system, "name": table.name},
        )
    counts = connection.execute(
        "select _file_number, count(*) filter (_reason is null), "
        "count(*) filter (_reason is not null) from landing_batch group by _file_number"
    ).fetchall()
    found = {number: (loaded, quarantined) for number, loaded, quarantined in counts}
    return [found.get(number, (0, 0)) for number in range(len(batch.files))]


def _is_full(files: Sequence[LandingFile]) -> bool:
    unpacked = sum(file.size * (1 if file.compression == "none" else UNPACKED) for file in files)
    return len(files) > BATCH_FILES or unpacked > BATCH_BYTES


def usual_keys(connection: Connection, first: pyarrow.RecordBatch | None) -> dict[int, list[str]]:
    """Return the lists of keys that many of the first lines of JSON have, by their hash."""
    if first is None or first.num_rows < FEW_LINES:
        return {}
    with registered(connection, "landing_lines", pyarrow.Table.from_batches([first])):
        rows = connection.execute(
            # Within a case only, as a filter would not keep json_keys from a broken line.
            "select hash(keys), keys from (select case when json_valid(_text) then "
            "case when json_type(_text) = 'OBJECT' then json_keys(_text) end end as keys "
            "from landing_lines) where keys is not null "
            f"group by keys order by count(*) desc limit {MOST_KEY_LISTS}"
        ).fetchall()
    return dict(rows)


def arrow_batches(table: SourceTable, batch: Batch, read: Read) -> Iterator[pyarrow.RecordBatch]:
    """Read the lines of a batch of text files; count them, and note the files refused."""
    read_file = read_lines if batch.format == "jsonl" else read_records
    for number, file in enumerate(batch.files):
        line = 0
        try:
            for lines in read_file(file, number, table):
                read.lines[number] += lines.num_rows
                for start in range(0, lines.num_rows, PART_ROWS):
                    yield lines.slice(start, PART_ROWS)
                line = max(line, compute.max(lines["_line"]).as_py() or 0)
            if not same_as_when_hashed(file):
                raise Refusal("it was written to while it was read; run again when it is done")
        except GeneratorExit:
            raise
        except Exception as error:
            try:
                read.refusals[number] = str(refusal_of(error, file.name, line))
            except Exception as fault:
                read.stopped = fault
                raise
        except BaseException as stop:
            read.stopped = stop
            raise
