"""One published table brought up to date after the publication it is in: the book of the push.

The push follows the publication, so what it did would be published a run later. The database is
copied, changed and put in the place of the old one by a rename, as it was made: a reader sees
either. What is not here: the publication itself.
"""

import json
import shutil
from contextlib import ExitStack

import duckdb

from orchestration.landing.statements import literal
from orchestration.publication.places import (
    DATABASE,
    LISTING,
    PARQUET,
    current_of,
    listing_in,
)
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.atomic_write import write_atomically


def refresh_published(
    settings: PublicationSettings, connection: duckdb.DuckDBPyConnection, table: str, source: str
) -> None:
    """Have a mart, and the published copy of it, hold the rows of a book of the working file.

    Nothing is done where it is not built or not published yet: then the next run does it.

    Args:
        settings: where the publication lies.
        connection: to the working file.
        table: of the marts; the book has its columns.
        source: the book, in the schema raw.
    """
    there = connection.execute(
        "select count(*) from duckdb_tables() where database_name = current_database() "
        "and schema_name = 'marts' and table_name = ?",
        [table],
    ).fetchone()[0]
    if not there:
        return
    mart = f"marts.{table}"
    connection.begin()
    connection.execute(f"delete from {mart}")
    connection.execute(f"insert into {mart} by name from raw.{source}")
    connection.commit()
    current = current_of(settings.published)
    listing = listing_in(current)
    if not listing or mart not in listing["tables"] or not (current / DATABASE).exists():
        return
    (count,) = connection.execute(f"select count(*) from {mart}").fetchone()
    listing["tables"][mart]["rows"] = count
    with ExitStack() as files:
        # Put in place from the last to the first, as a publication is.
        listed = files.enter_context(write_atomically(current / LISTING, is_published=True))
        database = files.enter_context(write_atomically(current / DATABASE, is_published=True))
        rows = current / PARQUET / "marts" / table / "all.parquet"
        unfinished = files.enter_context(write_atomically(rows, is_published=True))
        listed.write_text(json.dumps(listing, indent=1, ensure_ascii=False) + "\n", "utf-8")
        shutil.copyfile(current / DATABASE, database)
        connection.execute(f"attach {literal(str(database))} as refreshed")
        try:
            # Beside what it was, so that what people read of the table stays.
            connection.execute(f"delete from refreshed.{mart}")
            connection.execute(f"insert into refreshed.{mart} by name from {mart}")
            connection.execute("checkpoint refreshed")
        finally:
            connection.execute("detach refreshed")
        place = literal(str(unfinished))
        connection.execute(
            f"copy (from {mart}) to {place} (format parquet, compression zstd, compression_level 1)"
        )
