"""Writes the exports of the systems out of landing files, and leaves the rest of them as it is.

Lines that our loader refuses are in no export, as no connector would write them; what is known of
the company is the same. What is not here: which columns an export has, which its query says.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.adapters.adapt import land
from orchestration.adapters.our_contract import landing_tables
from orchestration.landing.sql_texts import literal

QUERIES = Path(__file__).parent
FORMATS = {
    "csv": "format csv, header true",
    "jsonl": "format json",
    "parquet": "format parquet, compression zstd",
}
# Tables of our contract that the exports tell; all others stay files of our own.
TOLD = (
    *("billing/payments", "billing/subscription_items", "billing/subscriptions"),
    *("crm/account_users", "crm/accounts", "crm/users"),
    *("product/events", "support/ticket_events", "support/tickets"),
)


def write_exports(native: Path, landing: Path) -> dict[str, int]:
    """Turn landing files into exports.

    Args:
        native: folder of landing files, of which those that are not told are moved.
        landing: folder to write into; it is made.

    Returns:
        Lines by ``<system>/<table>`` of the exports.

    """
    landing.mkdir(parents=True, exist_ok=True)
    lines = {}
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'; set threads = 1")
        tables = [table for table in landing_tables() if table.folder in TOLD]
        land(connection, tables, native, datetime(2000, 1, 1, tzinfo=UTC), lambda text: None)
        for view in sorted(QUERIES.glob("*/shared/*.sql")):
            text = view.read_text(encoding="utf-8")
            connection.execute(f"create temp view {view.stem} as {text}")
        for query in sorted(QUERIES.glob("*/*.sql")):
            path = landing / query.parent.name / query.stem
            path.parent.mkdir(exist_ok=True)
            (count,) = connection.execute(
                f"copy ({query.read_text(encoding='utf-8')}) to {literal(str(path))} "
                f"({FORMATS[query.stem.rsplit('.')[-1]]})"
            ).fetchone()
            lines[f"{path.parent.name}/{query.stem.split('.')[0]}"] = count
    for folder in sorted(native.glob("*/*")):
        name = f"{folder.parent.name}/{folder.name}"
        if name not in TOLD:
            (landing / folder.parent.name).mkdir(exist_ok=True)
            shutil.move(folder, landing / name)
    return lines
