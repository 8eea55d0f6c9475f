"""Lines of a thing that stand below a newer one of it, as their connector says when it read them.

Of several lines of one thing the last holds, and a table to which a connector only appends is
mostly written in that order. One that was unloaded in another would let an old state hold: what
was canceled would go on. What is not here: which line holds in order, which each adapter says.
"""

import duckdb

from orchestration.adapters.definition import VendorTable
from orchestration.landing.sql_texts import literal, pointer, quoted

# When the connector read a row, by its newer and its older name.
EXTRACTED = ("_airbyte_extracted_at", "_airbyte_emitted_at")
# What the relation of a vendor's rows calls it.
ORDER = "extracted_at"
# By which one thing is told from others in all tables of the connector that appends.
KEY = "id"


def in_a_text(text: str) -> str:
    """Write SQL that reads the time of extraction in a text of JSON, also one around the row."""
    names = [one for name in EXTRACTED for one in (name, name.upper())]
    values = ", ".join(f"{text} ->> {pointer(name)}" for name in names)
    is_told = " or ".join(f"contains({text}, {literal(one)})" for one in names)
    return f"case when {is_told} then coalesce({values}) end"


def leave_out_older(connection: duckdb.DuckDBPyConnection, table: VendorTable, rows: str) -> int:
    """Mark the lines that stand below a newer one of the same thing as none to count.

    Args:
        connection: to the warehouse.
        table: of the vendor.
        rows: name of the temporary table with its rows, in which ``is_present`` is set.

    Returns:
        How many lines were marked.

    """
    if KEY not in table.columns or not _is_in_another_order(connection, rows):
        return 0
    key = quoted(table.in_sql(KEY))
    (count,) = connection.execute(
        f"update temp.{quoted(rows)} as landed set is_present = false from ("
        f"select landed_file, landed_line, to_time({ORDER}) < max(to_time({ORDER})) over ("
        f"partition by as_key({key}) order by landed_file, landed_line) as is_older "
        f"from temp.{quoted(rows)} where {key} is not null and {ORDER} is not null) as seen "
        "where is_older and is_present and landed.landed_file = seen.landed_file "
        "and landed.landed_line = seen.landed_line"
    ).fetchone()
    return count


def _is_in_another_order(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    # Texts of one column are written alike, and mostly nothing stands in another order.
    (found,) = connection.execute(
        f"select coalesce(bool_or({ORDER} < before), false) from (select {ORDER}, "
        f"lag({ORDER}) over (order by landed_file, landed_line) as before "
        f"from temp.{quoted(rows)} where {ORDER} is not null)"
    ).fetchone()
    return found
