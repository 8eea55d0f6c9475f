"""Compares the demonstration company as its own landing files tell it with what exports tell.

What is not here: what may differ, which ``docs/demonstration_exports.md`` lists with the reasons.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

DOCUMENT = Path(__file__).parents[2] / "docs" / "demonstration_exports.md"
# By which a row is the same on either side.
KEYS = {
    "billing/payments": ("payment_id",),
    "billing/subscription_items": ("subscription_item_id", "valid_from"),
    "billing/subscriptions": ("subscription_id",),
    "crm/account_users": ("account_id", "user_id", "valid_from"),
    "crm/accounts": ("account_id", "valid_from"),
    "crm/users": ("user_id",),
    "product/events": ("event_id", "received_at"),
    "support/ticket_events": ("ticket_id", "field", "event_at"),
    "support/tickets": ("ticket_id",),
}
ROWS = "rows"


def listed(heading: str) -> dict[str, set[str]]:
    """Return what the page lists below a heading: columns by table, each with a reason.

    Raises:
        AssertionError: a line gives no reason.

    """
    text = DOCUMENT.read_text(encoding="utf-8").split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    found: dict[str, set[str]] = {}
    for table, columns, reason in re.findall(r"^\| `([^`]+)` \| (.+?) \| (.*?) \|$", text, re.M):
        assert len(reason) > 10, f"no reason for {table}"
        found.setdefault(table, set()).update(re.findall(r"`([^`]+)`", columns))
    return found


def differing(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Yield the columns in which a landing table differs between ``native`` and ``exports``.

    Rows that are only on one side are ``rows``. Names of accounts are those that account keys say.
    """
    identifier, keys = table.replace("/", "_"), KEYS[table]
    described = connection.execute(f"describe native.raw.{identifier}").fetchall()
    columns = [row[0] for row in described if not row[0].startswith("_")]
    named = {"account_id": "coalesce(keys.account_id, told.account_id) as account_id"}
    wanted = ", ".join(named.get(column, f'told."{column}"') for column in columns)
    if "account_id" in columns:
        keys_of = "left join account_names as keys on keys.foreign_key = told.account_id"
    else:
        keys_of = ""
    sides = {
        side: f"(select distinct {wanted} from {side}.raw.{identifier} as told {keys_of})"
        for side in ("native", "exports")
    }
    on = " and ".join(f'a."{key}" is not distinct from b."{key}"' for key in keys)
    for one, other in (("native", "exports"), ("exports", "native")):
        (alone,) = connection.execute(
            f"select count(*) from {sides[one]} as a where not exists "
            f"(select 1 from {sides[other]} as b where {on})"
        ).fetchone()
        if alone:
            yield ROWS
    others = [column for column in columns if column not in keys]
    counts = ", ".join(f'count_if(a."{c}" is distinct from b."{c}")' for c in others)
    row = connection.execute(
        f"select {counts} from {sides['native']} as a inner join {sides['exports']} as b on {on}"
    ).fetchone()
    yield from (column for column, count in zip(others, row, strict=True) if count)


def differing_public(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Return in what the public tables of ``native`` and ``exports`` differ.

    Of a table of metrics they are the metrics, of any other the columns.
    """
    found = {}
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'native' "
        "and schema_name = 'marts' order by 1"
    ).fetchall()
    for (table,) in tables:
        one, other = (f"{side}.marts.{table}" for side in ("native", "exports"))
        both = (
            f"((from {one} except all from {other}) union all (from {other} except all from {one}))"
        )
        columns = [row[0] for row in connection.execute(f"describe {one}").fetchall()]
        if "metric" in columns:
            what = connection.execute(f"select distinct metric from {both}").fetchall()
            differs = {metric for (metric,) in what}
        elif connection.execute(f"select 1 from {both} limit 1").fetchone():
            differs = {
                column
                for column in columns
                if connection.execute(
                    f'select 1 from ((select "{column}" from {one} except all '
                    f'select "{column}" from {other}) union all (select "{column}" from {other} '
                    f'except all select "{column}" from {one})) limit 1'
                ).fetchone()
            }
        else:
            continue
        if differs:
            found[table] = differs
    return found
