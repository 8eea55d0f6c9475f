"""A point that may part thousands: where a file writes decimals with a comma, 1.234 is not told.

Alone it is one and a bit; beside 12,50 in the same file it is as likely to be more than a thousand.
It is judged once a file is read to its end. What is not here: numbers that mean one thing in any
file, which ``casts`` reads.
"""

from collections.abc import Callable

import duckdb

from orchestration.landing.casts import COMMA_NUMBER, is_text, without_percent
from orchestration.landing.contract import Column, RefusalRule, SourceTable
from orchestration.landing.readings import Reading
from orchestration.landing.sql_texts import literal, quoted
from orchestration.landing.understanding import column_bits

MAY_PART = (
    "has a point that may part thousands, as its file writes decimals with a comma: kept as text "
    "in _extra"
)
# 0.123 has no thousands, and neither has 12.5 or 12.3456.
ONE_POINT = r"\s*[+-]?[1-9]\d{0,2}[.]\d{3}\s*"
NUMBERS_WITH_FRACTIONS = "double"


def shows_commas(table: SourceTable, reading: Reading) -> str:
    """Write SQL for the bits of the columns in which a row has a comma before its decimals."""
    return _bits(
        table,
        reading,
        lambda text: (
            f"case when contains({text}, ',') "
            f"then regexp_full_match({text}, '{COMMA_NUMBER}') else false end"
        ),
    )


def has_points(table: SourceTable, reading: Reading) -> str:
    """Write SQL for the bits of the columns in which a point of a row may part thousands.

    A number of JSON has none; a text between quotes may.
    """
    between_quotes = "contains(_text, '\"' || {} || '\"')" if reading.quotes_texts else "true"
    return _bits(
        table,
        reading,
        lambda text: (
            f"case when contains({text}, '.') then regexp_full_match({text}, '{ONE_POINT}') "
            f"and {between_quotes.format(text)} else false end"
        ),
    )


def may_be_refused(table: SourceTable) -> str:
    """Write SQL that tells whether a row may be refused for such a point, and keeps its text."""
    bits = column_bits(table)
    mask = sum(
        bits[column.name]
        for column in table.columns
        if column.data_type == NUMBERS_WITH_FRACTIONS
        and (column.required or column.must_be_read or _rules_about(table, column))
    )
    return f"_points & {mask} <> 0"


def untell_thousands(connection: duckdb.DuckDBPyConnection, table: SourceTable, rows: str) -> None:
    """Take numbers with such a point for not told, in the files that write decimals with a comma.

    Args:
        connection: to the warehouse.
        table: to which the rows belong.
        rows: the relation of the typed lines, whole files of them.

    """
    commas, points = connection.execute(
        f"select bit_or(_commas), bit_or(_points) from {rows}"
    ).fetchone()
    if not (commas and points):
        return
    found = connection.execute(
        f"select _file_number, bit_or(_points) as bits from {rows} "
        "group by _file_number having bits <> 0 and bit_or(_commas) <> 0"
    ).fetchall()
    bits = column_bits(table)
    for column in table.columns:
        bit = bits[column.name]
        files = [str(file) for file, doubtful in found if doubtful & bit]
        if files and column.data_type == NUMBERS_WITH_FRACTIONS:
            _untell(connection, column, rows, f"_points & {bit} <> 0", ", ".join(files), bit)
    for rule in table.refuse_when:
        connection.execute(
            f"update {rows} set _reason = {literal(rule.reason)}, _extra = null, _no_zone = null "
            f"where _reason is null and _thousands <> 0 and ({rule.condition})"
        )


def _rules_about(table: SourceTable, column: Column) -> list[RefusalRule]:
    """Return the rules that may refuse a row for what the column does not tell."""
    return [rule for rule in table.refuse_when if column.name in rule.condition]


def _untell(
    connection: duckdb.DuckDBPyConnection,
    column: Column,
    rows: str,
    has_point: str,
    files: str,
    bit: int,
) -> None:
    name = quoted(column.name)
    # Three digits stood behind the point.
    text = f"printf('%.3f', {name})"
    where = f"{has_point} and _file_number in ({files}) and _reason is null and {name} is not null"
    if column.required or column.must_be_read:
        said = literal(f'{column.name} {MAY_PART.split(":")[0]}: "')
        connection.execute(
            f"update {rows} set _reason = {said} || {text} || '\"', _extra = null, "
            f"_no_zone = null where {where}"
        )
        return
    connection.execute(
        f"update {rows} set {name} = null, _thousands = _thousands | {bit}, _extra = "
        f"json_merge_patch(coalesce(_extra, '{{}}'), json_object({literal(column.name)}, {text})) "
        f"where {where}"
    )


def _bits(table: SourceTable, reading: Reading, test: Callable[[str], str]) -> str:
    bits = column_bits(table)
    found = []
    for column in table.columns:
        kind = reading.types.get(column.name, "")
        if column.data_type == NUMBERS_WITH_FRACTIONS and is_text(kind):
            text = without_percent(column, f"_record.{quoted(column.name)}")
            found.append(f"if(coalesce({test(text)}, false), {bits[column.name]}, 0)")
    return f"({' + '.join(found) or '0'})::hugeint"
