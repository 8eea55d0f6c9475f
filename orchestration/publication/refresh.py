"""One published table brought up to date after the publication it is in: the book of the push.

The push follows the publication, so what it did would be published a run later. It is a publication
of its own that takes over all other files and is put in the place of the last one in the same
stroke: a reader sees either. What is not here: the publication that a run makes.
"""

import json
import shutil
from pathlib import Path

import duckdb

from orchestration.landing.sql_texts import literal
from orchestration.process.private_files import make_shared_folder, share_file
from orchestration.publication.parquet_files import PARQUET_OPTIONS
from orchestration.publication.places import (
    DATABASE,
    LISTING,
    PARQUET,
    current_of,
    listing_in,
)
from orchestration.publication.switch import new_publication, take_over
from orchestration.settings.parts import PublicationSettings


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
    rows = Path(PARQUET, "marts", table, "all.parquet")
    with new_publication(settings.published) as folder:
        for path in current.rglob("*"):
            of_it = path.relative_to(current)
            if path.is_file() and of_it not in (Path(DATABASE), Path(LISTING), rows):
                take_over(path, folder / of_it)
        shutil.copyfile(current / DATABASE, folder / DATABASE)
        connection.execute(f"attach {literal(str(folder / DATABASE))} as refreshed")
        try:
            # Beside what it was, so that what people read of the table stays.
            connection.execute(f"delete from refreshed.{mart}")
            connection.execute(f"insert into refreshed.{mart} by name from {mart}")
            connection.execute("checkpoint refreshed")
        finally:
            connection.execute("detach refreshed")
        make_shared_folder((folder / rows).parent)
        connection.execute(
            f"copy (from {mart}) to {literal(str(folder / rows))} ({PARQUET_OPTIONS})"
        )
        text = json.dumps(listing, indent=1, ensure_ascii=False) + "\n"
        (folder / LISTING).write_text(text, "utf-8")
        for name in (DATABASE, LISTING, rows):
            share_file(folder / name)
