"""Publication: public tables copied out of the working file, whole or not at all.

It holds the public marts and reports with their descriptions, and nothing of what they are made
of; what only the page reads lies in a file beside it. It is written into a folder of its own,
compared, and put in the place of the last one by one rename, so a reader sees either the old one or
the new one. Days that cannot have changed since are taken over from the last one. What is not here:
when that happens.
"""

import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from orchestration.books import KEPT_BOOKS
from orchestration.dbt_runner.manifest import reporting_currency
from orchestration.landing.sql_texts import literal
from orchestration.plays.issuing import remember_actions, write_assignments
from orchestration.process.private_files import make_shared_folder, share_file
from orchestration.publication.database import COPY, copy_tables
from orchestration.publication.page_database import copy_page_tables
from orchestration.publication.parquet_files import PARQUET_OPTIONS, parquet_files
from orchestration.publication.places import (
    DATABASE,
    LISTING,
    PAGE,
    PARQUET,
    current_of,
    is_as_published,
    listing_in,
)
from orchestration.publication.relations import Relation
from orchestration.publication.switch import clear_replaced, new_publication, take_over
from orchestration.publication.threads import with_fitting_threads
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.connection import Warehouse


def publish(
    settings: PublicationSettings,
    copied: Sequence[Relation],
    run_id: str,
    of_the_page: Sequence[Relation] = (),
) -> dict[str, Any]:
    """Write both databases, the Parquet files and ``manifest.json``; return what the last says.

    What it says of the newest day is kept in ``raw.published_scores``.

    Args:
        settings: where the working file and the publication lie.
        copied: the public tables.
        run_id: of the run that publishes.
        of_the_page: the tables that only the page reads.

    Raises:
        PublicationError: a table of the copy has other rows than its original.
    """
    # Asked once: what is taken over is of one publication.
    last = current_of(settings.published)
    clear_replaced(settings.published, settings.keep_publications_hours)
    with Warehouse.of(settings).writing() as connection:
        write_assignments(connection, run_id)
        since = unpublished_from(connection, last, copied)
        with new_publication(settings.published) as folder:
            if since is not None:
                shutil.copyfile(last / DATABASE, folder / DATABASE)
            (as_of,) = connection.execute("select as_of_date from raw.run_parameters").fetchone()
            currency = reporting_currency(settings)
            tables = copy_tables(connection, folder / DATABASE, copied, since, currency)
            copy_page_tables(connection, folder / PAGE, of_the_page, run_id)
            _write_parquet(connection, copied, last, folder, since)
            connection.execute(f"detach {COPY}")
            contents = {"run_id": run_id, "as_of": as_of.isoformat(), "tables": tables}
            text = json.dumps(contents, indent=1, ensure_ascii=False) + "\n"
            (folder / LISTING).write_text(text, "utf-8")
            for name in (DATABASE, LISTING):
                share_file(folder / name)
        if is_of_another_warehouse(connection):
            # Whoever was erased since then is in it.
            clear_replaced(settings.published, hours=0)
        remember_publication(connection, run_id)
        remember_scores(connection, run_id)
        remember_outlooks(connection, run_id)
        remember_features(connection, run_id)
        remember_actions(connection, run_id)
    return contents


def _write_parquet(
    connection: duckdb.DuckDBPyConnection,
    copied: Sequence[Relation],
    last: Path,
    folder: Path,
    since: date | None,
) -> None:
    for group in with_fitting_threads(connection, copied):
        for file in parquet_files(connection, group, last / PARQUET, since):
            place = folder / file.path.relative_to(last)
            if not file.is_changed:
                take_over(file.path, place)
                continue
            make_shared_folder(place.parent)
            connection.execute(f"copy ({file.rows}) to {literal(str(place))} ({PARQUET_OPTIONS})")
            share_file(place)


def unpublished_from(
    connection: duckdb.DuckDBPyConnection, last: Path, copied: Sequence[Relation]
) -> date | None:
    """Return the first day that can differ from the last publication; None where any can.

    Any can where the last one is not there, was changed by somebody else, is not of this warehouse,
    or has other tables.
    """
    listing = listing_in(last)
    if not listing or not is_as_published(last / DATABASE, last):
        return None
    if set(listing["tables"]) != {relation.table for relation in copied}:
        return None
    found = connection.execute(
        "select unpublished_from from raw.last_publication where run_id = ?",
        [listing["run_id"]],
    ).fetchone()
    return found[0] if found and found[0].year > 1 else None


def is_of_another_warehouse(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether this warehouse has published nothing yet, as after an erasure."""
    return connection.table("raw.last_publication").count("*").fetchall()[0][0] == 0


def remember_publication(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Note that every day is published, and by which run."""
    connection.begin()
    connection.execute("delete from raw.last_publication")
    connection.execute("insert into raw.last_publication values (?, date '9999-12-31')", [run_id])
    connection.commit()


def remember_scores(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep the scores of the newest day as they are published, unless the day was published before.

    A later run may know better; what was said on the day stays, and ``fct_health_restatements``
    shows the difference.
    """
    connection.execute(
        "insert into raw.published_scores "
        "select account_id, score_date, model_version_id, band, status, health_score, "
        "confidence, ? from marts.fct_account_health_daily "
        "inner join raw.run_parameters on score_date = as_of_date "
        "where score_date not in (select score_date from raw.published_scores)",
        [run_id],
    )


def remember_outlooks(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep what was printed of each Monday, once for each model, to be settled when its day comes.

    It goes to ``raw.published_outlooks``, from which ``int_printed_outlooks`` counts who was right.
    """
    connection.execute(
        # By name, as the book of an older version has a column more.
        "insert into raw.published_outlooks by name "
        "select account_id, prediction_date, horizon_days, model_version, label, status, "
        "probability, place, ? as run_id from marts.fct_churn_predictions as new "
        "where probability is not null and not exists (select 1 from raw.published_outlooks as old "
        "where old.prediction_date = new.prediction_date and old.horizon_days = new.horizon_days "
        "and old.model_version = new.model_version)",
        [run_id],
    )


def remember_features(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep what was known of customers on the newest Monday, in the first run of its week.

    It goes to ``raw.published_features``, from which ``fct_account_features_weekly`` takes the
    Monday from then on, so what lands later is in none of its rows. A past day that is built from
    files that were loaded after its week is no knowledge of that week, and is not kept.
    """
    columns = [name for name in KEPT_BOOKS["published_features"] if name != "run_id"]
    listed = ", ".join(columns)
    connection.execute(
        f"insert into raw.published_features ({listed}, run_id) "
        f"select {listed}, ? from marts.fct_account_features_weekly as new "
        "where snapshot_date = (select max(snapshot_date) from marts.fct_account_features_weekly) "
        "and snapshot_date + 7 > (select max(loaded_at) from raw.loads) "
        "and not exists (select 1 from raw.published_features as old where "
        "old.snapshot_date = new.snapshot_date "
        "and old.feature_set_version = new.feature_set_version)",
        [run_id],
    )
