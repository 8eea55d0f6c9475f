"""Since when rows are known that a changed file says again.

Who exports everything under one name each day, and whoever's export is made anew because a later
one came, says most rows again. They keep the time of their first load: else nothing would have
been known on any day before the last, and what first told an end would move on every day. Rows
that nothing says any more are counted. What is not here: taking them back, which is ``ledger``'s.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.plan import Booked
from orchestration.landing.sql_texts import quoted

FORMERLY = "landing_formerly"
Connection = duckdb.DuckDBPyConnection


def remember_former_rows(
    connection: Connection, table: SourceTable, replaced: Iterable[Booked]
) -> None:
    """Note what the files said that are about to be replaced, by a hash of each row."""
    connection.execute(
        f"create or replace temp table {FORMERLY} as select _load_id as load_id, "
        f"{_said(table)} as said, min(_loaded_at) as since, count(*) as row_count "
        f"from raw.{quoted(table.identifier)} as landed "
        "where list_contains($loads, _load_id) group by all",
        {"loads": [former.load_id for former in replaced]},
    )


def keep_known_since(connection: Connection, table: SourceTable, loads: Sequence[str]) -> None:
    """Give the rows of new loads that were said before the time since when they are known.

    The books tell how many they are, so that a build of what was known by then accounts for them.
    """
    connection.execute(
        f"update raw.{quoted(table.identifier)} as landed set _loaded_at = formerly.since "
        f"from (select said, min(since) as since from {FORMERLY} group by said) as formerly "
        f"where list_contains($loads, landed._load_id) and {_said(table)} = formerly.said",
        {"loads": loads},
    )
    connection.execute(
        "insert into raw.rows_said_before select _load_id, _loaded_at, count(*) "
        f"from raw.{quoted(table.identifier)} inner join raw.loads on load_id = _load_id "
        "where list_contains($loads, _load_id) and _loaded_at < loaded_at "
        "group by all order by all",
        {"loads": loads},
    )


def book_gone_rows(connection: Connection, table: SourceTable, replaced_at: datetime) -> None:
    """Book how many rows of replaced files nothing says any more, and since when they were known.

    It is the last of a table's load, as a row may go on in another file than its own.
    """
    connection.execute(
        "update raw.replacements set rows_gone = coalesce(gone.row_count, 0), "
        "known_since = gone.since from (select distinct formerly.load_id, gone.* exclude (load_id) "
        f"from {FORMERLY} as formerly left join (select load_id, sum(row_count) as row_count, "
        f"min(since) as since from {FORMERLY} anti join (select {_said(table)} as said "
        f"from raw.{quoted(table.identifier)} as landed) using (said) group by load_id) as gone "
        "using (load_id)) as gone where replaced_load_id = gone.load_id "
        "and replaced_at = $replaced_at and system = $system and table_name = $name",
        {"replaced_at": replaced_at, "system": table.system, "name": table.name},
    )
    connection.execute(f"drop table {FORMERLY}")


def gone_rows(connection: Connection, known_on: date) -> Sequence[tuple[str, int]]:
    """Return the tables of which rows that were known on a day are gone, with how many."""
    # Of what was replaced by earlier versions of the loader nobody knows which rows went on.
    return connection.execute(
        "select system || '/' || table_name, sum(coalesce(rows_gone, rows_deleted))::bigint "
        "from raw.replacements where replaced_at::date > $day "
        "and (known_since::date <= $day or rows_gone is null) group by 1 having sum("
        "coalesce(rows_gone, rows_deleted)) > 0 order by 1",
        {"day": known_on},
    ).fetchall()


def _said(table: SourceTable) -> str:
    columns = [column.name for column in table.columns] + ["_extra", "_is_deleted"]
    return f"hash({', '.join(f'landed.{quoted(name)}' for name in columns)})"
