"""When nothing is told to a customer system: what looks like a fault of the data is held, by name.

A person may let a push pass what is a matter of judgement (``make push RELEASE=…``); never a gate
that failed. What is not here: the gates themselves.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

import duckdb

from orchestration.crm.choice import ChosenField, Key
from orchestration.crm.field_map import Destination
from orchestration.settings.crm import CrmSettings

BAND_CHANGES, STALE_SOURCES, OLDER_DAY = "band_changes", "stale_sources", "older_day"
RELEASES = (BAND_CHANGES, STALE_SOURCES, OLDER_DAY)
BAND = "band"
# One account that moves is no fault of the data, however few there are.
CHANGES_AT_LEAST = 2


def reasons_to_hold(
    destination: Destination,
    fields: Sequence[ChosenField],
    acknowledged: Mapping[Key, str | None],
    stale: Sequence[str],
    crm: CrmSettings,
) -> Iterator[tuple[str, str]]:
    """Return why a push is held: the name of each reason, and what was found.

    Args:
        destination: the system.
        fields: what was chosen.
        acknowledged: what the system has.
        stale: the sources that are stale.
        crm: with how much may change at once.
    """
    changed, known = band_changes(destination, fields, acknowledged)
    if changed >= CHANGES_AT_LEAST and 100 * changed > crm.band_change_percent * known:
        yield (
            BAND_CHANGES,
            f"{changed} of {known} accounts would be in another band than {destination.name} has, "
            f"more than {crm.band_change_percent} %: likely a fault of the data",
        )
    held = [source for source in stale if source not in crm.stale_allowed]
    if held:
        yield (
            STALE_SOURCES,
            f"stale sources: {', '.join(held)}; if that is meant, name them in CRM_STALE_ALLOWED",
        )


def band_changes(
    destination: Destination, fields: Sequence[ChosenField], acknowledged: Mapping[Key, str | None]
) -> tuple[int, int]:
    """Count the accounts in another band than was acknowledged, and those with both."""
    names: Set[str] = {field.name for field in destination.fields if field.column == BAND}
    pairs: dict[str, bool] = {}
    for field in fields:
        before = acknowledged.get(field.key)
        if field.wanted.name in names and before is not None and field.wanted.value is not None:
            account = field.wanted.account_id
            pairs[account] = pairs.get(account, False) or before != field.wanted.value
    return sum(pairs.values()), len(pairs)


def stale_sources(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the sources that are stale in the publication, those that are details left out."""
    try:
        rows = connection.execute(
            "select source from marts.dim_source_coverage "
            "where status = 'stale' and not is_detail order by source"
        ).fetchall()
    except duckdb.CatalogException:
        return []
    return [source for (source,) in rows]


def older_than(newest: date | None, day: date) -> Iterator[tuple[str, str]]:
    """Return why values of a day are held after those of a newer one."""
    if newest is not None and day < newest:
        yield OLDER_DAY, f"these are values of {day}, and those of {newest} were pushed before"
