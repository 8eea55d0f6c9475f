"""The parameters of a run as a raw table: the day to build, and what may be used for it.

Models read it as a source, so a build is a function of raw alone. What is not here: the
settings themselves, which ``settings`` reads, and when a day is full, which ``full_days`` says.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from orchestration.landing.errors import AsOfError
from orchestration.landing.full_days import last_full_day
from orchestration.landing.known_since import gone_rows

EVERYTHING = date(9999, 12, 31)
# Days with events among which a full one is looked for.
DAYS_JUDGED = 120

# By quarters of an hour in UTC first, as changing the zone of each event would cost seconds. A
# time that lies a day after the receipt is that of a wrong clock.
QUARTERS = """
create or replace temp table quarters as
with counted as (
    select time_bucket(interval 15 minutes, event_ts) as quarter, count(*) as event_count
    from raw.product_events
    where (received_at is null or event_ts <= received_at + interval 1 day)
        and ($known_on is null or _loaded_at::date <= $known_on)
    group by 1
),
local as (
    select (quarter at time zone 'UTC') at time zone $zone as local_quarter, event_count
    from counted
)
select
    local_quarter::date as local_day,
    (hour(local_quarter) * 4 + minute(local_quarter) // 15)::integer as quarter,
    sum(event_count)::bigint as event_count
from local
group by all
"""
RECENT = """
with days as (
    select distinct local_day from quarters where local_day <= $today
    order by local_day desc limit $days
)
select local_day, quarter, event_count from quarters inner join days using (local_day)
"""


@dataclass(frozen=True)
class DayBuilt:
    """The day to build.

    Attributes:
        day: last day that is built.
        last_full: last day that the events reached to its end.
        reason: which day was taken and why, in a sentence or two for people.
    """

    day: date
    last_full: date
    reason: str


def resolve_as_of(
    connection: duckdb.DuckDBPyConnection,
    requested: date | None,
    today: date,
    zone: str,
    known_on: date | None = None,
) -> DayBuilt:
    """Return the day to build: the requested one, or the last full one.

    Events decide, as every figure about use rests on them: a source beside them that ends
    earlier is called stale where it is used, and holds no day back.

    Args:
        connection: to the warehouse.
        requested: the day that somebody asks for; None for the last full one.
        today: the day it is in the reporting time zone; neither it nor a later one is built.
        zone: the reporting time zone, in which days begin and end.
        known_on: rows that were loaded after it do not count, if it is given.

    Raises:
        AsOfError: no day with events is over, or the requested one is none of those since the
            first event that are over.

    """
    connection.execute(QUARTERS, {"known_on": known_on, "zone": zone})
    first = _first_day(connection, today, zone, known_on)
    if requested is not None and not first <= requested < today:
        raise AsOfError(
            f"AS_OF={requested} cannot be built: events begin on {first}, and the last day that "
            f"is over is {today - timedelta(days=1)} ({zone}). Choose a day from the one to the "
            "other, or leave AS_OF empty for the last full day."
        )
    last_full, left_out = _last_full(connection, today)
    day = requested or last_full
    said = _sentences(connection, day, last_full, left_out, zone)
    return DayBuilt(day, last_full, " ".join([*said, *_forgotten(connection, known_on)]))


def _first_day(
    connection: duckdb.DuckDBPyConnection, today: date, zone: str, known_on: date | None
) -> date:
    first, any_day = connection.execute(
        "select min(local_day) filter (local_day < $today), min(local_day) from quarters",
        {"today": today},
    ).fetchone()
    if first is not None:
        return first
    if any_day is not None:
        raise AsOfError(
            f"AS_OF cannot be resolved: the first event is of {any_day}, and no day since is "
            f"over (today is {today}, {zone}). Run again tomorrow, or look at event_ts where "
            "that day lies in the future."
        )
    if known_on is not None:
        raise AsOfError(
            f"KNOWN_ON={known_on} lies before the first load of an event file, so there is "
            "nothing to build. Choose a later day, or leave KNOWN_ON empty."
        )
    raise AsOfError(
        "AS_OF cannot be resolved, as raw.product_events has no row. Put event files into "
        "product/events/ of the landing folder and run again."
    )


def _last_full(
    connection: duckdb.DuckDBPyConnection, today: date
) -> tuple[date, list[tuple[date, str]]]:
    days: dict[date, dict[int, int]] = {}
    recent = connection.execute(RECENT, {"today": today, "days": DAYS_JUDGED}).fetchall()
    for day, quarter, count in recent:
        days.setdefault(day, {})[quarter] = count
    return last_full_day(days, today)


def _forgotten(connection: duckdb.DuckDBPyConnection, known_on: date | None) -> list[str]:
    gone = gone_rows(connection, known_on) if known_on else []
    if not gone:
        return []
    counts = ", ".join(f"{count:,} of {folder}" for folder, count in gone)
    return [
        f"Not all that was known on {known_on} is there: rows that were known then are gone, as "
        f"their files were written over or a later export said something else ({counts})."
    ]


def _sentences(
    connection: duckdb.DuckDBPyConnection,
    day: date,
    last_full: date,
    left_out: list[tuple[date, str]],
    zone: str,
) -> list[str]:
    if day == last_full:
        said = [f"The day built is {day} ({zone}), the last full day of events."]
    else:
        said = [f"The day built is {day} ({zone}), as AS_OF says."]
    if day > last_full:
        said.append(f"The last full day of events is {last_full}; since then little or none came.")
    elif left_out and day == last_full:
        # The one next to it: those after it are of the same kind.
        later, lacks = left_out[-1]
        said.append(f"{later} is not full: {lacks}.")
    (ahead,) = connection.execute(
        "select sum(event_count) from quarters where local_day > $last", {"last": last_full}
    ).fetchone()
    if ahead:
        said.append(f"{ahead:,} event(s) are of later days than {last_full}.")
    return said


def write_run_parameters(
    connection: duckdb.DuckDBPyConnection,
    as_of: date,
    late_days: int,
    known_on: date | None = None,
    built: DayBuilt | None = None,
) -> None:
    """Write ``raw.run_parameters``: one row with the day, why it is that, and what may be used.

    Args:
        connection: to the warehouse.
        as_of: last complete day.
        late_days: number of last days that are provisional.
        known_on: last day whose loads may be used; None for all.
        built: how the day was found; None where it was simply given.

    """
    connection.execute("create schema if not exists raw")
    connection.execute(
        "create or replace table raw.run_parameters as "
        "select ?::date as as_of_date, ?::integer as late_days, ?::timestamp as known_before, "
        "?::date as last_full_date, ?::varchar as as_of_reason",
        [
            as_of,
            late_days,
            known_on + timedelta(days=1) if known_on else EVERYTHING,
            built.last_full if built else as_of,
            built.reason if built else None,
        ],
    )
