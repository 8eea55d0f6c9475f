"""The published copy: what people and BI tools open all day, while the next run is at work.

What is not here: how it is written, which is ``publication``'s, and exports of single reports.
"""

import dagster as dg

from expectations.catalogue import declared_suites
from orchestration.dbt_runner.manifest import Manifest
from orchestration.publication.places import database_of
from orchestration.publication.publish import publish
from orchestration.publication.relations import page_relations, relations
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.warehouse.deliverable import require_deliverable

GATES_AFTER_THE_BUILD = ("marts", "reports")
PUBLISHED = dg.AssetKey(["published", "customer_health"])


def published_asset(manifest: Manifest) -> dg.AssetsDefinition:
    """Make the asset that publishes, after every table it copies and after the gates."""
    copied, of_the_page = relations(manifest), page_relations(manifest)
    # A table that is checked and not copied holds the publication back all the same.
    suites = [suite for gate in GATES_AFTER_THE_BUILD for suite in declared_suites(gate)]
    tables = {one.table for one in (*copied, *of_the_page, *suites)}

    @dg.asset(
        key=PUBLISHED,
        deps=[dg.AssetKey(table.split(".")) for table in sorted(tables)],
        group_name="delivery",
        kinds={"duckdb", "parquet"},
        pool=POOL,
    )
    def published(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        """Publish what is public, as a database to read and as Parquet."""
        with warehouse.locked():
            require_deliverable(warehouse, "The publication")
            contents = publish(publication, copied, context.run_id, of_the_page)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(table["rows"] for table in contents["tables"].values()),
                "tables": len(contents["tables"]),
                "as_of": contents["as_of"],
                "path": dg.MetadataValue.path(database_of(publication)),
            }
        )

    return published
