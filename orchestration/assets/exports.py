"""Exports: reports written out as files for people and programs.

A report is exported by saying so in its YAML, under ``config.meta.export`` with ``formats``,
``cadence`` and ``owner``; Python knows none by name. Exports are read from the publication, so
they cannot differ from it, and nothing is exported that was not published. What is not here:
the HTML report.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import dagster as dg
import duckdb

from orchestration.assets.published import DATABASE, PUBLISHED
from orchestration.manifest import Manifest, tables_of
from orchestration.replacing import replacing
from orchestration.settings import Settings

WRITERS = {
    "csv": lambda rows, path: rows.write_csv(str(path)),
    "parquet": lambda rows, path: rows.write_parquet(str(path), compression="zstd"),
}


@dataclass(frozen=True)
class Export:
    """One report in one format, as its YAML describes it."""

    model: str
    format: str
    cadence: str
    owner: str
    description: str


def declared_exports(manifest: Manifest) -> Iterator[Export]:
    """Read every export that a report asks for."""
    for model, node in tables_of(manifest, "reports").items():
        wanted = node["config"].get("meta", {}).get("export")
        for file_format in wanted["formats"] if wanted else ():
            yield Export(
                model, file_format, wanted["cadence"], wanted["owner"], node["description"]
            )


def export_assets(settings: Settings, manifest: Manifest) -> list[dg.AssetsDefinition]:
    """Make one asset for each declared export."""
    return [_export_asset(settings, export) for export in declared_exports(manifest)]


def _export_asset(settings: Settings, export: Export) -> dg.AssetsDefinition:
    @dg.asset(
        key=["export", f"{export.model}_{export.format}"],
        deps=[dg.AssetKey(["reports", export.model]), PUBLISHED],
        group_name="delivery",
        description=export.description,
        owners=[f"team:{export.owner}"],
        tags={"cadence": export.cadence},
        kinds={export.format},
    )
    def exported() -> dg.MaterializeResult:
        listing = json.loads((settings.published / "manifest.json").read_text("utf-8"))
        folder = settings.reports / listing["as_of"] / "exports"
        path = folder / f"{export.model}.{export.format}"
        database = settings.published / DATABASE
        with duckdb.connect(str(database), read_only=True) as connection, replacing(path) as new:
            rows = connection.table(f"reports.{export.model}")
            WRITERS[export.format](rows, new)
            count = rows.count("*").fetchone()[0]
        return dg.MaterializeResult(
            metadata={"dagster/row_count": count, "path": dg.MetadataValue.path(path)}
        )

    return exported
