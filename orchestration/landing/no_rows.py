"""What stands among the rows of a table and is none: its header again, and totals.

What is not here: lines that do not fit their header, which ``uneven`` looks at.
"""

import re
from collections.abc import Mapping
from typing import Any

from orchestration.landing.column_names import folded_name
from orchestration.landing.contract import SourceTable

HEADER_AGAIN = "the header again, among the rows"
A_TOTAL = "a total line, not a row"
# Alone in its cell but for a count or a colon; for the regular expressions of Python, Arrow and
# DuckDB.
TOTAL = (
    r"\s*(?:(?:(?:grand|sub|over ?all|column|report)?[ -]?totals?|sums?|summary|gesamt|insgesamt"
    r"|(?:gesamt|zwischen)?summe|total g[eé]n[eé]ral|totaux|somme|suma|totale|totaal"
    r"|averages?|mean|(?:row |record )?count)[ :=]*[(]?[0-9., ]*(?:rows?|records?|lines?)?[)]?"
    r"|[(]?[0-9]+ (?:rows?|records?)(?: selected)?[).]?)\s*"
)
# How each of them begins, in small letters: cheaper to look for, as every row is asked.
TOTAL_BEGINS = (
    r"^[ (]*(totals?|totaux|totale|totaal|sub[ -]?totals?|grand|over ?all|column"
    r"|report|sums?|summary|somme|suma|(gesamt|zwischen)?summe|gesamt|insgesamt|averages?|mean"
    r"|(row |record )?count)([^a-z0-9_-]|$)|^[(]?[0-9]+ r"
)
NUMBERS = ("integer", "bigint", "double")
_IS_TOTAL = re.compile(TOTAL, re.IGNORECASE)
_IS_NO_NAME = re.compile(r"\w[ ]+\w|:")
_IS_CURRENCY = re.compile("[A-Z]{3}")
_HAS_LETTERS = re.compile(r"[^\W\d_]")


def why_no_row(table: SourceTable, record: Mapping[str, Any]) -> str | None:
    """Return why a record is no row, if it is none.

    A total line holds nothing but the word, numbers and a currency, and the word stands in the
    place of an identifier or the identifiers are empty. A time beside numbers is the report's.
    Where two words or a colon stand there (Grand Total, Total:), which no identifier has, nothing
    else is asked.
    """
    required = {name: _text(record.get(name)) for name in table.required_columns}
    if all(folded_name(text) == folded_name(name) for name, text in required.items()):
        return HEADER_AGAIN
    kinds = {column.name: column.data_type for column in table.columns}
    names = [_text(record.get(name)) for name in table.identity if kinds[name] == "varchar"]
    if any(_IS_TOTAL.fullmatch(name) and _IS_NO_NAME.search(name) for name in names):
        return A_TOTAL
    sums = any(_text(record.get(c.name)) for c in table.columns if c.data_type in NUMBERS)
    asked = [
        column
        for column in table.columns
        if (column.required or column.data_type not in NUMBERS) and not (column.is_time and sums)
    ]
    texts = {column: text for column in asked if (text := _text(record.get(column.name)))}
    if not any(map(_IS_TOTAL.fullmatch, texts.values())):
        return None
    others = {column: text for column, text in texts.items() if not _IS_TOTAL.fullmatch(text)}
    named = [text for column, text in others.items() if column.required]
    words = [text for text in others.values() if _HAS_LETTERS.search(text)]
    return None if named or any(not _IS_CURRENCY.fullmatch(word) for word in words) else A_TOTAL


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
