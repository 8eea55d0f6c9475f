"""Days of a mapped folder that lie on the day before where days begin and end.

A day without an hour is midnight in the time zone of the mapping. What is not here: times with an
hour, which are what they say in any zone.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.adapters.mapping_file import MappingError, said_in
from orchestration.dbt_runner.manifest import reporting_zone
from orchestration.doctor.findings import Finding
from orchestration.doctor.values import NO_ORDER, Values
from orchestration.settings.environment import Settings

# Winter and summer of both halves of the world.
MONTHS = (1, 7)


def moved_days(folder: Path, seen: Mapping[str, Mapping[str, Values]]) -> Iterator[Finding]:
    """Name the first column of days that are read as moments of the day before, if one is.

    Args:
        folder: with its ``mapping.yml``.
        seen: of its tables, what was seen of their columns, by ``<folder>/<table>``.

    """
    reported = reporting_zone(Settings.from_environment({})).key
    with suppress(MappingError, AttributeError, TypeError, ValueError, KeyError, OSError):
        said = said_in(folder / "mapping.yml")
        zone = said.get("time_zone", "UTC")
        if not _is_day_before(zone, reported):
            return
        for name, entry in said["tables"].items():
            table, mapped = f"{folder.name}/{name}", _mapped(entry)
            for column, values in seen.get(table, {}).items():
                kind = next((kind for kind in ("day", NO_ORDER) if kind in values.kinds), None)
                if kind and column in mapped:
                    yield Finding(f"{table}: {values.kinds[kind][1]}", column, (
                        f"a day without an hour is midnight in {zone}, which in {reported}, where "
                        f"your days begin and end, is on the day before: say {zone} when make "
                        f"init asks for it, or time_zone: {reported} in the mapping.yml"
                    ))  # fmt: skip
                    return


def zones_of(place: Path) -> list[str]:
    """Return the time zones that the mappings of folders name, but for the one of no company."""
    found = []
    for path in sorted(place.glob("*/mapping.yml")):
        with suppress(MappingError, AttributeError):
            found.append(str(said_in(path).get("time_zone", "UTC")))
    return [zone for zone in found if zone != "UTC"]


def _is_day_before(zone: str, reported: str) -> bool:
    midnights = [datetime(2026, month, 15, tzinfo=ZoneInfo(zone)) for month in MONTHS]
    return any(at.astimezone(ZoneInfo(reported)).date() < at.date() for at in midnights)


def _mapped(entry: Any) -> set[str]:
    entries = entry if isinstance(entry, list) else [entry]
    return {theirs for each in entries for theirs in each["columns"].values()}
