"""Lines of a vendor's files as rows of text columns: all that its adapter names, and no more.

The readers are the loader's own, so what is no line of a table is told with the same words. A
column that no file has is NULL in every row. What is not here: the SQL that takes lines apart,
which is ``line_queries``, and types and units, which SQL gives.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

import duckdb
import pyarrow

from orchestration.adapters.definition import OF_OTHERS, PRESENT, VendorTable
from orchestration.adapters.extraction_order import ORDER
from orchestration.adapters.line_queries import (
    LINES,
    as_source_table,
    csv_query,
    jsonl_query,
    parquet_query,
)
from orchestration.landing.batches import Batch, Read, arrow_batches, usual_keys
from orchestration.landing.deletions import NO, YES
from orchestration.landing.lines import SCHEMA
from orchestration.landing.parquet import count_rows
from orchestration.landing.records import record_schema
from orchestration.landing.registered import registered
from orchestration.landing.sql_texts import quoted

Connection = duckdb.DuckDBPyConnection
SAYS_NO = r"(?i)\s*(false|f|no|n|0([.]0)?)\s*"


def create_rows(connection: Connection, table: VendorTable, name: str) -> None:
    """Make the temporary table of a vendor's rows, empty."""
    columns = "".join(f", {quoted(table.in_sql(column))} varchar" for column in table.columns)
    connection.execute(
        f"create or replace temp table {quoted(name)} (landed_file integer, landed_line bigint, "
        "landed_problem varchar, landed_text varchar, is_deleted boolean, is_present boolean, "
        f"is_twice boolean, {ORDER} varchar{columns})"
    )


def read_rows(
    connection: Connection,
    folder: str,
    table: VendorTable,
    batch: Batch,
    numbers: Sequence[int],
    name: str,
) -> Mapping[int, tuple[int, str | None]]:
    """Add the lines of a batch of files to a temporary table of ``create_rows``.

    Args:
        connection: to the warehouse.
        folder: of the vendor.
        table: to which the files belong.
        batch: files to read.
        numbers: of the files, as ``landed_file`` is to tell them.
        name: of the temporary table.

    Returns:
        Of each file by its number its lines and, where it is refused, why.

    """
    listed = "[" + ", ".join(map(str, numbers)) + "]"
    source = as_source_table(folder, table)
    if batch.format == "parquet":
        connection.execute(_insert(name, table, parquet_query(batch, table), listed))
        lines = [count_rows(file) for file in batch.files]
        return {number: (count, None) for number, count in zip(numbers, lines, strict=True)}
    read = Read([0] * len(batch.files))
    schema = SCHEMA if batch.format == "jsonl" else record_schema(source)
    lines = arrow_batches(source, batch, read)
    first = next(lines, None)
    usual = usual_keys(connection, first) if batch.format == "jsonl" else {}
    every = lines if first is None else chain([first], lines)
    rows = jsonl_query(table, usual) if batch.format == "jsonl" else csv_query(table)
    try:
        with registered(connection, LINES, pyarrow.RecordBatchReader.from_batches(schema, every)):
            connection.execute(_insert(name, table, rows, listed))
    except duckdb.Error:
        if read.stopped is not None:
            raise read.stopped from None
        raise
    for place in read.refusals:
        connection.execute(f"delete from {quoted(name)} where landed_file = ?", [numbers[place]])
    return {n: (read.lines[at], read.refusals.get(at)) for at, n in enumerate(numbers)}


def _insert(name: str, table: VendorTable, rows: str, listed: str) -> str:
    columns = "".join(f", {quoted(table.in_sql(column))}" for column in table.columns)
    return (
        f"insert into {quoted(name)} select list_extract({listed}, _file_number + 1), _line, "
        f"_problem, case when _problem is not null then rtrim(_text, e'\\r\\n') end, "
        f"{_deleted(table)}, {_present(table)}, _twice, _extracted{columns} from ({rows})"
    )


def _present(table: VendorTable) -> str:
    asked = {*table.read} - {*table.columns}
    says = (quoted(table.in_sql(name)) for name in PRESENT if name in asked)
    told = (f"coalesce(not regexp_full_match({name}, '{SAYS_NO}'), true)" for name in says)
    others = (f"{quoted(table.in_sql(name))} is null" for name in OF_OTHERS if name in asked)
    return " and ".join(["true", *told, *others])


def _deleted(table: VendorTable) -> str:
    names = (quoted(table.in_sql(name)) for name in table.deleted_by)
    says = [
        f"(not regexp_full_match({n}, '{NO}') and regexp_full_match({n}, '{YES}'))" for n in names
    ]
    return f"coalesce({' or '.join(says)}, false)" if says else "false"
