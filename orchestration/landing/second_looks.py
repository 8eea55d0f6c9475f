"""What few rows of a batch need, once it is read: a second look, which others do not pay for.

Objects with a key twice are read again with the last of its values, those that write a column in
another way than the contract with its name; columns that tell a row deleted are understood, and
totals and repeated headers are refused. What is not here: the
first look, which ``statements`` writes.
"""

import json

import duckdb
import pyarrow

from orchestration.landing.contract import SourceTable
from orchestration.landing.deletions import deletions, is_deleted, others
from orchestration.landing.no_rows import why_no_row
from orchestration.landing.readings import BARE_NUMBER, jsonl_reading, renamed
from orchestration.landing.registered import registered
from orchestration.landing.sql_texts import literal
from orchestration.landing.statements import batch_statement

ROWS_AT_ONCE = 10_000
NO_NUMBER = "not valid JSON: NaN or Infinity without quotes"
SET_ASIDE = "_reason = {}, _extra = null, _no_zone = null, _suspect = null"
Connection = duckdb.DuckDBPyConnection


def look_again(connection: Connection, table: SourceTable) -> None:
    """Put right what the first look at ``landing_batch`` left open."""
    bare, again, telling, suspect = connection.execute(
        "select bool_or(_bare), bool_or(_again is not null), bool_or(_may_tell), "
        "bool_or(_suspect is not null) from landing_batch"
    ).fetchone()
    if bare:
        _refuse_bare_numbers(connection)
    if again:
        _read_again(connection, table)
    # An object that was read again may tell what its first reading hid.
    if telling or again:
        found = deletions("_extra")
        connection.execute(
            f"update landing_batch set _is_deleted = {is_deleted(found)}, "
            f"_extra = {others('_extra', found)} where _may_tell and _extra is not null"
        )
    if suspect or again:
        _refuse_no_rows(connection, table)


def _refuse_bare_numbers(connection: Connection) -> None:
    # Without its texts a line holds numbers, true, false and null only.
    without_texts = r"""regexp_replace(_text, '"(\\.|[^"\\])*"', '""', 'g')"""
    connection.execute(
        f"update landing_batch set {SET_ASIDE.format(literal(NO_NUMBER))}, _again = null "
        f"where _bare and regexp_matches({without_texts}, '{BARE_NUMBER}')"
    )


def _read_again(connection: Connection, table: SourceTable) -> None:
    connection.execute(
        "create or replace temp table landing_again as "
        "select _file_number, _line, _text, _again as keys "
        "from landing_batch where _again is not null"
    )
    with registered(connection, "landing_names", _names_of_columns(connection, table)):
        mended = connection.execute(
            "select _file_number, _line, '{' || string_agg("
            "to_json(coalesce(landing_names.name, key))::varchar || ':' || value, ',') || '}' "
            "as _text, null::varchar as _problem from (select _file_number, _line, keys, key, "
            "arg_max(coalesce(value::varchar, 'null'), id) as value "
            "from landing_again, json_each(landing_again._text) group by all) as said "
            "left join landing_names on said.keys = landing_names.keys and said.key = written "
            "group by all"
        ).to_arrow_table()
    connection.execute("delete from landing_batch where _again is not null")
    with registered(connection, "landing_lines", mended):
        into = "insert into landing_batch by name"
        connection.execute(batch_statement(table, jsonl_reading(table, {}), into))
    more_than_once = "lambda key: len(list_filter(keys, lambda other: other = key)) > 1"
    connection.execute(
        f"update landing_batch set _twice = nullif(list_filter(list_distinct(keys), "
        f"{more_than_once}), []::varchar[]), "
        "_text = if(_reason is not null, landing_again._text, landing_batch._text) "
        "from landing_again "
        "where landing_batch._file_number = landing_again._file_number "
        "and landing_batch._line = landing_again._line"
    )


def _names_of_columns(connection: Connection, table: SourceTable) -> pyarrow.Table:
    """List the keys that write a column in another way: keys of their line, written, name."""
    lists = connection.execute("select distinct keys from landing_again").fetchall()
    rows = [
        {"keys": keys, "written": written, "name": name}
        for (keys,) in lists
        for written, name in renamed(table, keys).items()
    ]
    texts = pyarrow.string()
    schema = pyarrow.schema([("keys", pyarrow.list_(texts)), ("written", texts), ("name", texts)])
    return pyarrow.Table.from_pylist(rows, schema=schema)


def _refuse_no_rows(connection: Connection, table: SourceTable) -> None:
    suspects = connection.execute(
        "select _file_number, _line, _suspect from landing_batch where _suspect is not null"
    )
    found = []
    while rows := suspects.fetchmany(ROWS_AT_ONCE):
        judged = [(file, line, why_no_row(table, json.loads(text))) for file, line, text in rows]
        found += [row for row in judged if row[2] is not None]
    if not found:
        return
    files, lines, reasons = (list(values) for values in zip(*found, strict=True))
    connection.execute(
        f"update landing_batch set {SET_ASIDE.format('no_row.reason')} from "
        "(select unnest($files) as file, unnest($lines) as line, unnest($reasons) as reason) "
        "as no_row "
        "where _file_number = no_row.file and _line = no_row.line",
        {"files": files, "lines": lines, "reasons": reasons},
    )
