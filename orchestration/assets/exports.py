"""Exports: reports written out as files for people and programs.

A report is exported by saying so in its YAML, under ``config.meta.export`` with ``formats``,
``cadence`` and ``owner``; Python knows none by name. Exports are read from the publication, so
they cannot differ from it, and nothing is exported that was not published. What is not here:
the HTML report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from orchestration.assets.published import PUBLISHED
from orchestration.crm.wanted import FORMULA as BEGINNINGS
from orchestration.dbt_runner.manifest import Manifest, tables_of
from orchestration.exporting.briefs import write_briefs
from orchestration.exporting.workbook import declared_sheets, write_workbook
from orchestration.publication.opening import opened_publication
from orchestration.publication.places import DATABASE, current_of, listing_in
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.deliverable import require_deliverable

# A spreadsheet runs a cell that begins with one of these, quoted or not; names come from outside.
FORMULA = f"[{''.join(BEGINNINGS)}].*".replace("-", r"\-")


def write_csv(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write rows as CSV in which no text is a formula: such a cell begins with a single quote.

    Numbers stay numbers, negative ones too, and Parquet holds every text as it is.
    """
    cells = [
        f"case when regexp_full_match({name}, '{FORMULA}', 's') then '''' || {name} else {name} end"
        f" as {name}"
        if kind == "VARCHAR"
        else name
        for name, kind in zip(map(_quoted, rows.columns), map(str, rows.types), strict=True)
    ]
    rows.project(", ".join(cells)).write_csv(str(path))


def write_parquet(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write rows as compressed Parquet."""
    rows.write_parquet(str(path), compression="zstd")


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


BRIEFS = dg.AssetKey(["export", "account_briefs"])
WORKBOOK = dg.AssetKey(["export", "workbook"])
WRITERS = {"csv": write_csv, "parquet": write_parquet}


@dataclass(frozen=True)
class Export:
    """One report in one format, as its YAML describes it."""

    model: str
    format: str
    cadence: str
    owner: str
    description: str

    @property
    def key(self) -> dg.AssetKey:
        """Return its asset key."""
        return dg.AssetKey(["export", f"{self.model}_{self.format}"])


def declared_exports(manifest: Manifest) -> Iterator[Export]:
    """Read every export that a report asks for."""
    for model, node in tables_of(manifest, "reports").items():
        wanted = node["config"].get("meta", {}).get("export")
        for file_format in wanted["formats"] if wanted else ():
            yield Export(
                model, file_format, wanted["cadence"], wanted["owner"], node["description"]
            )


def export_assets(manifest: Manifest) -> dg.AssetsDefinition:
    """Make one asset for each declared export, all written in one step."""
    exports = {export.key: export for export in declared_exports(manifest)}
    specs = [_spec(export) for export in exports.values()]

    @dg.multi_asset(specs=specs, can_subset=True, pool=POOL)
    def exported_reports(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> Iterator[dg.MaterializeResult]:
        """Write reports as files, named for the model, in the folder of the day built."""
        with warehouse.locked():
            require_deliverable(warehouse, "An export")
        chosen = [exports[key] for key in exports if key in context.selected_asset_keys]
        yield from write_exports(publication, chosen)

    return exported_reports


def _spec(export: Export) -> dg.AssetSpec:
    return dg.AssetSpec(
        export.key,
        deps=[dg.AssetKey(["reports", export.model]), PUBLISHED],
        group_name="delivery",
        description=export.description,
        owners=[f"team:{export.owner}"],
        tags={"cadence": export.cadence},
        kinds={export.format},
        skippable=True,
    )


def write_exports(
    settings: PublicationSettings, exports: Sequence[Export]
) -> Iterator[dg.MaterializeResult]:
    """Write each export whole or not at all."""
    publication = current_of(settings.published)
    folder = settings.reports / listing_in(publication)["as_of"] / "exports"
    with opened_publication(published=publication / DATABASE) as connection:
        for export in exports:
            path = folder / f"{export.model}.{export.format}"
            # Rows of a table have no order, and the same rows are to be the same file.
            rows = connection.sql(f"from reports.{export.model} order by all")
            with write_atomically(path) as unfinished:
                WRITERS[export.format](rows, unfinished)
            yield dg.MaterializeResult(
                asset_key=export.key,
                metadata={
                    "dagster/row_count": rows.count("*").fetchall()[0][0],
                    "path": dg.MetadataValue.path(path),
                },
            )


def workbook_asset(manifest: Manifest) -> dg.AssetsDefinition:
    """Make the asset that writes one workbook of all reports that ask for a sheet."""
    sheets = declared_sheets(manifest)

    @dg.asset(
        key=WORKBOOK,
        deps=[PUBLISHED, *(dg.AssetKey(["reports", sheet.model]) for sheet in sheets)],
        group_name="delivery",
        kinds={"excel"},
        pool=POOL,
    )
    def workbook(
        warehouse: WarehouseResource, publication: PublicationResource
    ) -> dg.MaterializeResult:
        """Accounts, who needs us, renewals, owners, segments and metrics in one Excel file."""
        with warehouse.locked():
            require_deliverable(warehouse, "The workbook")
        current = current_of(publication.published)
        as_of = date.fromisoformat(listing_in(current)["as_of"])
        path = publication.reports / as_of.isoformat() / "exports" / "customer_health.xlsx"
        with (
            opened_publication(published=current / DATABASE) as connection,
            write_atomically(path) as unfinished,
        ):
            counts = write_workbook(connection, sheets, as_of, unfinished)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": sum(counts.values()),
                "path": dg.MetadataValue.path(path),
            }
        )

    return workbook


def briefs_asset() -> dg.AssetsDefinition:
    """Make the asset that writes a brief of each account for programs."""

    @dg.asset(key=BRIEFS, deps=[PUBLISHED], group_name="delivery", kinds={"json"}, pool=POOL)
    def account_briefs(
        warehouse: WarehouseResource, publication: PublicationResource
    ) -> dg.MaterializeResult:
        """Score, causes, components, dates, reasons and actions of each account, one a line."""
        with warehouse.locked():
            require_deliverable(warehouse, "The briefs")
        current = current_of(publication.published)
        listing = listing_in(current)
        as_of = date.fromisoformat(listing["as_of"])
        with opened_publication(published=current / DATABASE) as connection:
            count = write_briefs(connection, as_of, listing["run_id"], publication.reports)
        return dg.MaterializeResult(metadata={"dagster/row_count": count})

    return account_briefs
