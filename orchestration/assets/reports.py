"""The health report as an asset: rendered from the report tables, kept by day.

What is not here: what the page says and how it looks, which is ``orchestration/reporting``, and
the exports, which are ``exports``.
"""

import dagster as dg

from orchestration.reporting.reading import TABLES, built_as_of
from orchestration.reporting.rendering import render_report
from orchestration.reporting.writing import write_report
from orchestration.settings import Settings
from orchestration.turns import POOL, turn
from orchestration.warehouse import Warehouse

HEALTH_REPORT = dg.AssetKey(["report", "health_report"])


def health_report_asset(settings: Settings) -> dg.AssetsDefinition:
    """Make the asset that writes the report, after every table that it reads."""

    @dg.asset(
        key=HEALTH_REPORT,
        deps=[dg.AssetKey(["reports", table]) for table in TABLES],
        group_name="reports",
        kinds={"html"},
        pool=POOL,
    )
    def health_report() -> dg.MaterializeResult:
        """Which customers are we losing, why, and what do we do: one page, readable offline."""
        with turn(settings), Warehouse(settings.warehouse).reading() as connection:
            report = render_report(connection, built_as_of(connection))
        path = write_report(report, settings.reports)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(path),
                "as_of": report.as_of.isoformat(),
                "facts": len(report.facts),
                "bytes": path.stat().st_size,
            }
        )

    return health_report
