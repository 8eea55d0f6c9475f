"""Whether the books of the warehouse know what is published: a lost file, or an old one, does not.

Tables are made again from landing files, and what people were told is not. What is not here: how
the books are written, which ``publish`` and others do.
"""

from pathlib import Path

import duckdb

from orchestration.publication.places import current_of, listing_in

SCORES = "marts.fct_account_health_daily"


def unknown_publication(connection: duckdb.DuckDBPyConnection, published: Path) -> str | None:
    """Say that scores were published that the books do not have; None where they have them.

    Args:
        connection: to the warehouse, whose books are there.
        published: folder of the publications.
    """
    listing = listing_in(current_of(published), is_said=False)
    if listing is None or not listing["tables"].get(SCORES, {}).get("rows"):
        return None
    known = connection.execute(
        "select 1 from raw.published_scores where score_date = ? limit 1", [listing["as_of"]]
    ).fetchone()
    if known:
        return None
    return (
        f"What is published is of {listing['as_of']}, which the books of this warehouse do not "
        "know: its file is new, or an older one. What people were told since (scores, alerts, "
        "plays, pushes) is not in it: alerts of the last days are told again, and what was said "
        "then cannot be compared any more. If there is a later backup of the file, put it back "
        "and run again."
    )
