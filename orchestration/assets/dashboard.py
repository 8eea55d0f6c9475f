"""The dashboard as an asset: its pages beside the report, made of the publication alone.

What is not here: what the pages show, which ``orchestration/dashboard`` declares.
"""

import dagster as dg

from orchestration.assets.published import PUBLISHED
from orchestration.assets.reports import HEALTH_REPORT
from orchestration.dashboard.account_pages import every_page
from orchestration.dashboard.site import Site
from orchestration.dashboard.writing import write_dashboard
from orchestration.reporting.publication import published_tables
from orchestration.reporting.reading import built_as_of
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.warehouse.deliverable import require_deliverable

DASHBOARD = dg.AssetKey(["report", "dashboard"])


def dashboard_asset() -> dg.AssetsDefinition:
    """Make the asset that writes the dashboard, after the report to whose facts it adds its own."""

    @dg.asset(
        key=DASHBOARD,
        deps=[PUBLISHED, HEALTH_REPORT],
        group_name="reports",
        kinds={"html"},
        pool=POOL,
    )
    def dashboard(
        warehouse: WarehouseResource, publication: PublicationResource
    ) -> dg.MaterializeResult:
        """Where does it hurt, and whom: pages to search, filter and drill into, from a file."""
        with warehouse.locked():
            require_deliverable(warehouse, "The dashboard")
        with published_tables(publication) as connection:
            as_of = built_as_of(connection)
            path = write_dashboard(every_page(Site(connection, as_of)), publication.reports, as_of)
        pages = list(path.parent.rglob("*.html"))
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(path),
                "as_of": as_of.isoformat(),
                "pages": len(pages),
                "bytes": sum(page.stat().st_size for page in pages),
            }
        )

    return dashboard
