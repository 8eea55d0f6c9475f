"""Freshness of what landed: a source that has been quiet for long is shown as stale.

How long is said once, by ``stale_after_days`` in ``dbt_project.yml``, and measured against the
day that is built, so a past day can be built again. A table gets here by ``happened_at`` in
its contract. What is not here: absent sources, which make their metrics empty.
"""

from collections.abc import Iterator, Sequence

import dagster as dg
import yaml

from orchestration.assets.raw import RawTable
from orchestration.settings import Settings
from orchestration.turns import POOL, turn
from orchestration.warehouse import Warehouse

CHECK = "is_fresh"


def freshness_checks(
    settings: Settings, tables: Sequence[RawTable]
) -> dg.AssetChecksDefinition:
    """Make one check for each source that says when its rows happened; none of them blocks."""
    dated = {table.key: table for table in tables if table.source and table.source.happened_at}
    limit = stale_after_days(settings)
    specs = [
        dg.AssetCheckSpec(CHECK, asset=key, description=f"A row in the last {limit} days.")
        for key in dated
    ]

    @dg.multi_asset_check(name="freshness", specs=specs, can_subset=True, pool=POOL)
    def freshness(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        chosen = [dated[key.asset_key] for key in sorted(context.selected_asset_check_keys)]
        with turn(settings):
            ages = days_since_last_row(settings, chosen)
        for table, age in zip(chosen, ages, strict=True):
            stale = age is not None and age > limit
            yield dg.AssetCheckResult(
                asset_key=table.key,
                check_name=CHECK,
                passed=not stale,
                severity=dg.AssetCheckSeverity.WARN,
                description=f"Its last row is {age} days older than the day built."
                if stale
                else None,
                metadata={} if age is None else {"days_since_last_row": age},
            )

    return freshness


def stale_after_days(settings: Settings) -> int:
    """Read the limit from the project, where the models read it too."""
    project = yaml.safe_load((settings.dbt_project / "dbt_project.yml").read_text("utf-8"))
    return int(project["vars"]["stale_after_days"])


def days_since_last_row(settings: Settings, tables: Sequence[RawTable]) -> list[int | None]:
    """Return the age of the last row of each table on the day built; None where it has none."""
    with Warehouse(settings.warehouse).reading() as connection:
        return [
            connection.execute(
                f"select max(as_of_date) - max({table.source.happened_at})::date "
                f"from raw.{table.identifier}, raw.run_parameters "
                f"where {table.source.happened_at}::date <= as_of_date"
            ).fetchone()[0]
            for table in tables
        ]
