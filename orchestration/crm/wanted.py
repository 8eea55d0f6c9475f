"""What each field of each account should be in a customer system, read from the publication.

So nobody is told an unpublished number. A value is written as the text that is compared and kept:
``63.1``, ``2026-10-31``, ``true``. Nothing (None) clears the property: missing is never zero. What
is not here: what the system has already, which ``book`` knows.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

import duckdb

from orchestration.crm.field_map import LONGEST_TEXT, CrmError, Destination, Field
from orchestration.landing.sql_texts import quoted

SCHEMAS = ("marts", "reports")
# A table of days is read on the day that is published.
DAYS = ("activity_date", "score_date", "snapshot_date", "metric_date", "as_of_date")
LONGEST_KEY = 255
# What a spreadsheet would run, once somebody exports it from the customer system; the last four are
# the wide forms of the first, which it runs where it is set to a language of East Asia.
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


# Marks of direction and no width, halves of signs, private ones and those that are none.
TAKEN_OUT = ("Cf", "Cs", "Co", "Cn")


class Unusable(ValueError):
    """A value cannot be what its field should hold. The text says why."""


@dataclass(frozen=True)
class WantedField:
    """One field of one account.

    Attributes:
        account_id: of the account.
        key: value of the key property; None where the account has none that can be used.
        name: of the property.
        value: as text; None where there is none.
        problem: why it can never be sent; empty where it can.
    """

    account_id: str
    key: str | None
    name: str
    value: str | None
    problem: str = ""


def wanted_fields(
    connection: duckdb.DuckDBPyConnection, destination: Destination, day: date
) -> list[WantedField]:
    """Return every field of every account that is no company of our own, sorted by account.

    Raises:
        CrmError: the key column is none of ``dim_accounts``.
    """
    tables = _tables(connection)
    accounts = _accounts(connection, destination, tables)
    columns = [
        _values(connection, field, tables.get(field.table), day) for field in destination.fields
    ]
    problems = _key_problems(accounts)
    found = []
    for account_id, key in accounts:
        problem = problems.get(account_id, "")
        for field, (values, wrong) in zip(destination.fields, columns, strict=True):
            value, why = None, problem or wrong
            if not why:
                try:
                    value = written(values.get(account_id), field)
                except Unusable as error:
                    why = f"{field.place}: {field.table}.{field.column} {error}"
            found.append(WantedField(account_id, None if problem else key, field.name, value, why))
    return found


def written(value: Any, field: Field) -> str | None:
    """Write a value as the text of its kind; None stays None.

    Raises:
        Unusable: it is no value of that kind.
    """
    if value is None:
        return None
    if field.kind == "number":
        return _number(value, field.rounding)
    if field.kind == "date":
        if not isinstance(value, date):
            raise Unusable("is no date")
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if field.kind == "boolean":
        if not isinstance(value, bool):
            raise Unusable("is neither true nor false")
        return "true" if value else "false"
    return _text(str(value), LONGEST_TEXT if field.rounding is None else field.rounding)


def _number(value: Any, decimals: int | None) -> str:
    try:
        number = Decimal(str(value)) if not isinstance(value, bool | str) else Decimal("NaN")
        if number.is_finite() and decimals is not None:
            number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Unusable("is no number")
    return format(number.normalize(), "f") if number else "0"


def _text(text: str, longest: int) -> str | None:
    """Keep letters and signs: no control characters, none that turn the direction of reading."""
    # Most texts are plain, and a look at each sign of them is most of the time of a push.
    if text.isascii() and text.isprintable():
        shown = text
    else:
        spaced = (" " if unicodedata.category(c) in ("Zl", "Zp", "Cc") else c for c in text)
        shown = "".join(c for c in spaced if unicodedata.category(c) not in TAKEN_OUT)
    shown = " ".join(shown.split())
    if shown.startswith(FORMULA):
        shown = f"'{shown}"
    return shown[:longest].rstrip() or None


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, list[str]]]:
    """Return the published tables by name: name with schema, columns."""
    found = connection.execute(
        "select table_name, schema_name || '.' || table_name, list(column_name) "
        "from duckdb_columns() where schema_name in ('marts', 'reports') "
        "and database_name = current_database() group by all"
    ).fetchall()
    return {name: (full, columns) for name, full, columns in found}


def _accounts(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    tables: Mapping[str, tuple[str, list[str]]],
) -> list[tuple[str, str | None]]:
    # A publication that lacks it says so here.
    connection.execute("select 1 from marts.dim_accounts limit 0")
    full, columns = tables["dim_accounts"]
    if destination.key_column not in columns:
        raise CrmError(
            f"crm_destinations.csv: key_column of {destination.name} is "
            f"{destination.key_column!r}, which marts.dim_accounts does not have; expected one of "
            f"{', '.join(sorted(columns))}."
        )
    column = quoted(destination.key_column)
    return connection.execute(
        f"select account_id, nullif(trim(cast({column} as varchar)), '') from {full} "
        "where is_internal is not true order by account_id"
    ).fetchall()


def _key_problems(accounts: Sequence[tuple[str, str | None]]) -> dict[str, str]:
    # Both systems take two keys that differ in capitals alone for one.
    shared = Counter(key.casefold() for _, key in accounts if key is not None)
    return dict(_told_keys(accounts, shared))


def _told_keys(
    accounts: Sequence[tuple[str, str | None]], shared: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    for account_id, key in accounts:
        if key is None:
            yield account_id, "the account has no key, so no record can be found by it"
        elif len(key) > LONGEST_KEY or not key.isprintable():
            yield account_id, f"the key is longer than {LONGEST_KEY} or cannot be printed"
        elif shared[key.casefold()] > 1:
            others = shared[key.casefold()] - 1
            yield account_id, f"the key {key!r} is that of {others} more accounts, so it is unclear"


def _values(
    connection: duckdb.DuckDBPyConnection,
    field: Field,
    table: tuple[str, list[str]] | None,
    day: date,
) -> tuple[dict[str, Any], str]:
    """Return the value by account, and why there is none where the field cannot be read."""
    if field.problem:
        return {}, field.problem
    full, columns = table or ("", [])
    if field.column not in columns or "account_id" not in columns:
        missing = f"{field.table}.{field.column}" if table else f"table {field.table}"
        return {}, f"{field.place}: there is no published {missing} with account_id"
    of_day = next((name for name in DAYS if name in columns), None)
    where = f"where {of_day} = date '{day}'" if of_day else ""
    rows = connection.execute(
        f"select account_id, {quoted(field.column)} from {full} {where}"
    ).fetchall()
    values = dict(rows)
    if len(values) < len(rows):
        return {}, f"{field.place}: {field.table} has several rows per account"
    return values, ""
