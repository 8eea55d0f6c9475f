"""Raw in a new file without the persons, and that file in the place of the warehouse.

DuckDB keeps what was deleted or changed in the free blocks of its file, so erased values are never
written into a new one. All else of the warehouse is made of raw, and is made anew by the next
build. What is not here: who the persons are.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.erasure.marks import Patterns, mentions, shows, token, without_marks
from orchestration.erasure.persons import REQUESTS
from orchestration.erasure.replacements import erased_table
from orchestration.erasure.rows import Carriers
from orchestration.landing.sql_texts import literal, quoted

MARKER = "erased"
# What the models were built from and what was published: neither holds for the new file.
FORGOTTEN = ("built_loads", "last_build", "last_publication", "passed_steps")
# Texts of the books that quote what was found in a file, and what stays of one that names
# somebody: a reason up to what was found.
QUOTING = {
    ("quarantine", "line"): literal(MARKER),
    ("quarantine", "reason"): "split_part(split_part({0}, ': \"', 1), ' but found', 1)",
    ("loads", "refusal"): "split_part(split_part({0}, ': \"', 1), ' but found', 1)",
}


class ErasureError(RuntimeError):
    """The new file is not what it should be. The warehouse stays as it was."""


def write_fresh_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    carriers: Sequence[Carriers],
    patterns: Patterns,
    unread: Sequence[str],
) -> None:
    """Write the raw schema of the warehouse into a new file, without the persons to be erased.

    Args:
        connection: to the warehouse, which is not changed.
        path: of the new file.
        carriers: the rows that carry the persons, of every source table.
        patterns: what finds them in a text.
        unread: names of landing files that were not loaded and hold them.

    Raises:
        ErasureError: a table of the new file has other rows than its original.
    """
    by_table = {found.table.identifier: found for found in carriers}
    connection.execute(f"attach {literal(str(path))} as fresh")
    connection.execute("create schema fresh.raw")
    for table, names in _tables(connection):
        query = f"from raw.{quoted(table)}"
        if table in FORGOTTEN:
            query += " limit 0"
        elif table in by_table:
            found = by_table[table]
            query = erased_table(found, names, patterns) if found.count else query
        else:
            query = f"select {_quoted_texts(table, names, patterns)} {query}"
        connection.execute(f"create table fresh.raw.{quoted(table)} as {query}")
        _check_rows(connection, table, 0 if table in FORGOTTEN else None)
    _note_names(connection, patterns, unread)
    # So it shows that the request of an account was fulfilled, as the token of a person does.
    connection.execute(
        f"update fresh.{REQUESTS} set user_id = {token('request_id')} where user_id is null "
        "and request_id in (select request_id from requested_persons)"
    )
    connection.execute("checkpoint fresh")
    connection.execute("detach fresh")


def clear_traces(warehouse: Path) -> None:
    """Remove what a killed process may have spilled to disk beside the warehouse.

    Raises:
        ErasureError: changes of the warehouse lie in a file of their own.
    """
    shutil.rmtree(warehouse.with_name(f"{warehouse.name}.tmp"), ignore_errors=True)
    ahead = warehouse.with_name(f"{warehouse.name}.wal")
    if ahead.exists():
        raise ErasureError(
            f"{ahead} holds changes that are not in {warehouse.name} yet, so nothing was erased. "
            "Expected none after the file was closed. Run make run, then make erase again."
        )


def _note_names(
    connection: duckdb.DuckDBPyConnection, patterns: Patterns, unread: Sequence[str]
) -> None:
    """Note the names of files, and of folders above them, that name somebody, without naming them.

    They get the names that they have in the books of the new file.
    """
    connection.execute(
        "insert into fresh.raw.hidden_names "
        f"select distinct sha256(name), {without_marks('name', patterns)} from ("
        "select array_to_string(list_slice(string_split(file, '/'), 1, depth), '/') as name "
        "from (select file, unnest(range(1, len(string_split(file, '/')) + 1)) as depth from ("
        "select file from raw.loads union select file from raw.replays "
        f"union select unnest(?)))) where {shows('name', patterns)}",
        [list(unread)],
    )


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, dict[str, str]]]:
    return connection.execute(
        "select table_name, map(list(column_name order by column_index), "
        "list(data_type order by column_index)) from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'raw' "
        "group by table_name order by table_name"
    ).fetchall()


def _quoted_texts(table: str, types: Mapping[str, str], patterns: Patterns) -> str:
    chosen = []
    for name, data_type in types.items():
        column = quoted(name)
        if data_type == "VARCHAR" and (table, name) not in QUOTING:
            # Names of files and of columns that no contract has may be those of persons.
            rest = without_marks(column, patterns)
            column = f"case when {shows(column, patterns)} then {rest} else {column} end"
        if rest := QUOTING.get((table, name)):
            rest = rest.format(column)
            # What names somebody even so is no reason that can be kept.
            named = _names(rest, patterns)
            rest = f"case when {named} then {literal(MARKER)} else {rest} end"
            column = f"case when {_names(column, patterns)} then {rest} else {column} end"
        chosen.append(f"{column} as {quoted(name)}")
    return ", ".join(chosen)


def _names(text: str, patterns: Patterns) -> str:
    return f"({mentions(text, patterns)} or {shows(text, patterns)})"


def _check_rows(connection: duckdb.DuckDBPyConnection, table: str, wanted: int | None) -> None:
    count = "select count(*) from {0}." + f"raw.{quoted(table)}"
    if wanted is None:
        (wanted,) = connection.execute(f"select count(*) from raw.{quoted(table)}").fetchone()
    (rows,) = connection.execute(count.format("fresh")).fetchone()
    if rows != wanted:
        raise ErasureError(
            f"raw.{table} would have {rows} rows after the erasure, expected {wanted} as before. "
            "Nothing was erased. This is a fault of the erasure; please report it."
        )
