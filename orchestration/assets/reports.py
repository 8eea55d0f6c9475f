"""The health report as an asset, kept by day.

They are made of the publication and of nothing else, so nobody ever reads an unpublished number.

What is not here: what the page says and how it looks, which is ``orchestration/reporting``, the
dashboard with the pages of the accounts that it links to, and the exports, which are ``exports``.
"""

import dagster as dg

from orchestration.assets.published import PUBLISHED
from orchestration.reporting.paper import PaperError, printed
from orchestration.reporting.publication import published_tables
from orchestration.reporting.reading import built_as_of
from orchestration.reporting.rendering import Report, render_report
from orchestration.reporting.scopes import declared_scopes
from orchestration.reporting.writing import write_paper, write_report
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.warehouse.deliverable import require_deliverable

HEALTH_REPORT = dg.AssetKey(["report", "health_report"])


def health_report_asset() -> dg.AssetsDefinition:
    """Make the asset that writes the report, after the publication that it reads."""

    @dg.asset(
        key=HEALTH_REPORT,
        deps=[PUBLISHED],
        group_name="reports",
        kinds={"html", "pdf"},
        pool=POOL,
    )
    def health_report(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        """Which customers are we losing, why, and what do we do: three screens, and a PDF."""
        with warehouse.locked():
            require_deliverable(warehouse, "The report")
        with published_tables(publication) as connection:
            as_of = built_as_of(connection)
            report, *narrower = [
                render_report(connection, as_of, scope)
                for scope in declared_scopes(publication.dbt_project)
            ]
        path = write_report(report, publication.reports, narrower)
        paper = write_paper(_paper(report, context), path)
        for one in narrower:
            write_paper(_paper(one, context), path.with_name(one.scope.file))
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(path),
                "as_of": report.as_of.isoformat(),
                "facts": len(report.facts),
                "pdf": str(paper) if paper else "none",
                "bytes": path.stat().st_size,
            }
        )

    return health_report


def _paper(report: Report, context: dg.AssetExecutionContext) -> bytes | None:
    try:
        return printed(report.html, report.as_of)
    except PaperError as error:
        # The page is whole without it.
        context.log.warning(str(error))
        return None
