"""The parameters of a run as raw tables: the day to build, and the key of the pseudonyms.

Models read them as sources, so a build is a function of raw alone. What is not here: the
settings themselves, which ``settings`` reads.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.landing.errors import AsOfError, LandingError

# Good enough for invented people. Real data needs a key of its own in PSEUDONYM_KEY_FILE:
# whoever knows the key can find out which pseudonym an e-mail address has.
DEMONSTRATION_KEY = "a-key-for-the-demonstration-company-only"
SHORTEST_KEY = 16
EVERYTHING = date(9999, 12, 31)


def resolve_as_of(
    connection: duckdb.DuckDBPyConnection,
    requested: date | None,
    today: date,
    known_on: date | None = None,
) -> date:
    """Return the day to build: the requested one, or the last complete day with arrivals.

    Rows that were loaded after ``known_on`` do not count, if it is given.

    Raises:
        AsOfError: there are no events, or the requested day lies outside them.

    """
    first, last = connection.execute(
        "select min(event_ts)::date, max(coalesce(received_at, event_ts))::date "
        "from raw.product_events where $known_on is null or _loaded_at::date <= $known_on",
        {"known_on": known_on},
    ).fetchone()
    if first is None and known_on is not None:
        raise AsOfError(
            f"KNOWN_ON={known_on} lies before the first load of an event file, so there is "
            "nothing to build. Choose a later day, or leave KNOWN_ON empty."
        )
    if first is None:
        raise AsOfError(
            "AS_OF cannot be resolved, as raw.product_events has no row. Put event files into "
            "product/events/ of the landing folder and run again."
        )
    last = min(last, today - timedelta(days=1))
    if last < first:
        raise AsOfError(
            f"AS_OF cannot be resolved: the first event is of {first}, and no day since is "
            f"complete (today is {today}, UTC). Run again tomorrow."
        )
    if requested is not None and not first <= requested <= last:
        raise AsOfError(
            f"AS_OF={requested} lies outside the loaded events, which reach from {first} to "
            f"{last}. Choose a day in that range, or leave AS_OF empty for {last}."
        )
    return requested or last


def write_run_parameters(
    connection: duckdb.DuckDBPyConnection,
    as_of: date,
    late_days: int,
    known_on: date | None = None,
) -> None:
    """Write ``raw.run_parameters``: one row with as_of_date, late_days (days), known_before (UTC).

    Args:
        connection: to the warehouse.
        as_of: last complete day.
        late_days: number of last days that are provisional.
        known_on: last day whose loads may be used; None for all.

    """
    connection.execute("create schema if not exists raw")
    connection.execute(
        "create or replace table raw.run_parameters as "
        "select ?::date as as_of_date, ?::integer as late_days, ?::timestamp as known_before",
        [as_of, late_days, known_on + timedelta(days=1) if known_on else EVERYTHING],
    )


def write_pseudonym_key(connection: duckdb.DuckDBPyConnection, key_file: Path | None) -> None:
    """Write ``raw.pseudonym_key``: one row with the key; it is never logged.

    Raises:
        LandingError: the key file is missing, unreadable, or its key too short.

    """
    connection.execute("create schema if not exists raw")
    connection.execute(
        "create or replace table raw.pseudonym_key as select ?::varchar as pseudonym_key",
        [read_pseudonym_key(key_file)],
    )


def read_pseudonym_key(key_file: Path | None) -> str:
    """Read the key from its file; without a file it is that of the demonstration.

    Raises:
        LandingError: the key file is missing, unreadable, or its key too short.

    """
    if key_file is None:
        return DEMONSTRATION_KEY
    expected = f"Expected a text file with one key of at least {SHORTEST_KEY} characters."
    try:
        key = key_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise LandingError(f"PSEUDONYM_KEY_FILE {key_file} cannot be read. {expected}") from error
    if len(key) < SHORTEST_KEY:
        raise LandingError(f"PSEUDONYM_KEY_FILE {key_file} holds a key too short. {expected}")
    return key
