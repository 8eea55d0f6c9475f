"""A warehouse in whose raw rows everything known after a day is wrong, and some of the past.

Half of what happened later is gone and the rest has other numbers and other texts; what lived then
ends at another time or not at all. Times that look ahead are known before they come, so they stay.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from orchestration.landing.contract import Column, SourceTable
from tests.any_order.arrivals import lives_long, own_time

NUMBERS = {"integer", "bigint", "double"}
# Agreed before they come: the law asks only that nothing is read before it is known.
LOOKS_AHEAD = {"trial_end", "trial_start", "renewal_date", "due_at", "expires_at"}
# What a thing is called while it lives: a state has no date, so it goes with the end.
LIVING = {
    "subscriptions": ("active", "ended_at"),
    "tickets": ("open", "coalesce(solved_at, closed_at)"),
    "incidents": ("investigating", "resolved_at"),
}
# Who somebody is does not depend on when we ask.
KEPT = {"account_id", "user_id", "account_type", "currency", "from", "to", "email", "domain"}


def corrupt_the_future(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable], last_day: date
) -> int:
    """Spoil what every raw table knows after a day; return how many rows are spoilt."""
    spoilt = 0
    for table in tables:
        if (table.system, table.name) == ("crm", "accounts"):
            happened = "coalesce(valid_from, updated_at)"
        else:
            happened = own_time(table)
        if happened is None:
            continue
        later = f"({happened})::date > $day"
        drawn = f"hash({', '.join(_quoted(name) for name in table.identity)}) % 2"
        changes = [
            f"{_quoted(column.name)} = {_other(column)}"
            for column in table.columns
            if _may_change(table, column)
        ]
        if changes:
            spoilt += _run(
                connection,
                f"update raw.{table.identifier} set {', '.join(changes)} where {later}",
                last_day,
            )
        # The states of an account are few, and an account without any has none of its past either.
        if table.name != "accounts":
            spoilt += _run(
                connection,
                f"delete from raw.{table.identifier} where {later} and {drawn} = 0",
                last_day,
            )
        if lives_long(table):
            spoilt += _move_ends(connection, table, happened, drawn, last_day)
    return spoilt


def corrupt_the_past(
    connection: duckdb.DuckDBPyConnection, accounts: Iterable[str], first_day: date, last_day: date
) -> int:
    """Take the product events of some accounts away; return how many there were."""
    return connection.execute(
        "delete from raw.product_events where list_contains($accounts, account_id) "
        "and event_ts::date between $first and $last",
        {"accounts": list(accounts), "first": first_day, "last": last_day},
    ).fetchone()[0]


def _move_ends(
    connection: duckdb.DuckDBPyConnection,
    table: SourceTable,
    happened: str,
    drawn: str,
    last_day: date,
) -> int:
    """Let what began before the day end at another time after it, or never."""
    moved = 0
    if table.name in LIVING:
        word, ended = LIVING[table.name]
        _run(
            connection,
            f"update raw.{table.identifier} set status = '{word}' "
            f"where ({happened})::date <= $day and ({ended})::date > $day and {drawn} = 0",
            last_day,
        )
    for column in table.columns:
        name = _quoted(column.name)
        if column.data_type not in ("timestamp", "date") or column.required:
            continue
        if column.name in LOOKS_AHEAD or name == happened:
            continue
        planned = "and cancel_requested_at::date > $day" if column.name == "cancel_at" else ""
        moved += _run(
            connection,
            f"update raw.{table.identifier} set {name} = "
            f"case when {drawn} = 0 then null else {name} + interval 11 day end "
            f"where ({happened})::date <= $day and {name}::date > $day {planned}",
            last_day,
        )
    return moved


def _may_change(table: SourceTable, column: Column) -> bool:
    if column.name in {*table.identity, *KEPT}:
        return False
    return column.data_type in NUMBERS or (column.data_type == "varchar" and not column.required)


def _other(column: Column) -> str:
    if column.data_type in NUMBERS:
        return f"{_quoted(column.name)} * 3 + 1"
    return f"{_quoted(column.name)} || '-'"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _run(connection: duckdb.DuckDBPyConnection, statement: str, last_day: date) -> int:
    return connection.execute(statement, {"day": last_day}).fetchone()[0]
