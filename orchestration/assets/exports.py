"""Exports: reports written out as files for people and programs.

A report is exported by saying so in its YAML, under ``config.meta.export`` with ``formats``,
``cadence`` and ``owner``; Python knows none by name. Exports are read from the publication, so
they cannot differ from it, and nothing is exported that was not published. What is not here:
the HTML report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb

from orchestration.assets.published import PUBLISHED
from orchestration.dbt_runner.manifest import Manifest, tables_of
from orchestration.publication.places import DATABASE, current_of, listing_in
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.settings.parts import PublicationSettings
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.deliverable import require_deliverable

# A spreadsheet runs a cell that begins with one of these, quoted or not; names come from outside.
FORMULA = r"[=+\-@\t\r].*"


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
    with duckdb.connect(str(publication / DATABASE), read_only=True) as connection:
        for export in exports:
            path = folder / f"{export.model}.{export.format}"
            rows = connection.table(f"reports.{export.model}")
            with write_atomically(path) as unfinished:
                WRITERS[export.format](rows, unfinished)
            yield dg.MaterializeResult(
                asset_key=export.key,
                metadata={
                    "dagster/row_count": rows.count("*").fetchone()[0],
                    "path": dg.MetadataValue.path(path),
                },
            )
