"""Freshness of what landed: a source that has been quiet for long is shown as stale.

The models say which sources are stale, against the day that is built, so a past day can be
built again; this hangs their answer from the raw tables. What is not here: how long is long,
which ``stale_after_days`` in ``dbt_project.yml`` says.
"""

from collections.abc import Iterator, Sequence

import dagster as dg

from orchestration.assets.raw import RawTable
from orchestration.resources import POOL, WarehouseResource
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

CHECK = "is_fresh"
COVERAGE = dg.AssetKey(["marts", "dim_source_coverage"])


def freshness_checks(tables: Sequence[RawTable]) -> dg.AssetChecksDefinition:
    """Make one check for each source; none of them stops a run."""
    by_key = {table.key: table for table in tables if table.source}
    specs = [
        dg.AssetCheckSpec(
            CHECK,
            asset=key,
            additional_deps=[COVERAGE],
            description="The source is absent, or brought a row not long before the day built.",
        )
        for key in by_key
    ]

    @dg.multi_asset_check(name="freshness", specs=specs, can_subset=True, pool=POOL)
    def freshness(
        context: dg.AssetCheckExecutionContext, warehouse: WarehouseResource
    ) -> Iterator[dg.AssetCheckResult]:
        with warehouse.locked():
            stale = stale_sources(warehouse)
        for key in sorted(context.selected_asset_check_keys):
            last = stale.get(by_key[key.asset_key].identifier)
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=CHECK,
                passed=last is None,
                severity=dg.AssetCheckSeverity.WARN,
                description=last and f"Stale: its last row is of {last}.",
            )

    return freshness


def stale_sources(settings: WarehouseSettings) -> dict[str, str]:
    """Return the stale sources by the names of their raw tables, with their last days."""
    query = f"select source, last_date from {'.'.join(COVERAGE.path)} where status = 'stale'"
    with Warehouse.of(settings).reading() as connection:
        return {source: str(last) for source, last in connection.execute(query).fetchall()}
