"""Whether a public text looks like a mail address, a phone number or an IP of somebody.

What lands is looked at when it lands; this looks once more at what comes of it, in the marts and
reports, just before they are published. It warns and stops nothing, as a company may be called by
its address. What is not here: the formats.
"""

from collections.abc import Iterator

import duckdb

from expectations.catalogue import Suite
from expectations.finding import Finding
from orchestration.landing.sql_texts import quoted
from orchestration.landing.text_formats import FORMATS, looks_like, may_show
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

CLAIM = "no text looks like a mail address, a phone number or an IP"
REASON = "Whoever opens the table would read it; no column past staging is about a person."
# Of a larger table so many rows are read, from all over it.
ROWS_READ = 5_000
TEXTS = """
select schema_name, table_name, list(column_name order by column_index)
from duckdb_columns()
where database_name = current_database() and schema_name in ('staging', 'marts', 'reports')
    and data_type = 'VARCHAR' and (schema_name, table_name) in (
        select (schema_name, table_name) from duckdb_tables())
group by all order by all
"""


def look_at_public_texts(settings: WarehouseSettings) -> dict[Suite, list[Finding]]:
    """Return a finding for each table with such a text, and one that says what was read."""
    found: dict[Suite, list[Finding]] = {}
    columns = sampled = 0
    with Warehouse.of(settings).reading() as connection:
        tables = connection.execute(TEXTS).fetchall()
        for schema, table, names in tables:
            columns += len(names)
            place = f"{schema}.{quoted(table)}"
            rows, step = _rows(connection, place)
            sampled += step > 1
            shown = list(_shown(connection, rows, names))
            if shown:
                found[Suite("public_texts", "reports", f"{schema}.{table}")] = [
                    Finding(CLAIM, None, "warning", False, "; ".join(shown), REASON)
                ]
    observed = f"{columns:,} columns of {len(tables)} tables read"
    if sampled:
        observed += f"; {ROWS_READ:,} rows of each of the {sampled} tables that have more"
    every = Suite("public_texts", "reports", "staging, marts and reports")
    found[every] = [Finding(CLAIM, None, "warning", not found, observed, REASON)]
    return found


def _rows(connection: duckdb.DuckDBPyConnection, place: str) -> tuple[str, int]:
    (count,) = connection.execute(f"select count(*) from {place}").fetchone()
    step = max(1, count // ROWS_READ)
    return (f"{place} where rowid % {step} = 0" if step > 1 else f"{place} where true"), step


def _shown(connection: duckdb.DuckDBPyConnection, rows: str, names: list[str]) -> Iterator[str]:
    shown = f"select count(*) from {rows} and {may_show(names)}"
    if connection.execute(shown).fetchone() == (0,):
        return
    for name in names:
        counts = ", ".join(
            f"count(*) filter ({looks_like(quoted(name), kind)})" for kind in FORMATS
        )
        counted = connection.execute(f"select {counts} from {rows}").fetchone()
        for kind, count in zip(FORMATS, counted, strict=True):
            if count:
                yield f"{count:,} texts of {name} look like {kind}"
