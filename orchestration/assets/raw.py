"""Raw tables: what has landed, line by line, and the books about it.

A table gets here by its entry in the sources YAML of its system; Python knows none by name.
What is not here: how a file is read and refused, which is ``landing``'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.adapters.adapt import land
from orchestration.dbt_runner.manifest import Manifest, reporting_zone
from orchestration.landing.contract import SourceTable, declared_tables
from orchestration.landing.files import Limits
from orchestration.landing.landed_state import landing_state, remember_landed
from orchestration.landing.parameters import (
    DayBuilt,
    resolve_as_of,
    write_run_parameters,
)
from orchestration.landing.remarks import is_remark, remarks
from orchestration.landing.required import require_sources
from orchestration.landing.transactions import TableLoad
from orchestration.publication.known_scores import unknown_publication
from orchestration.publication.places import current_of
from orchestration.resources import (
    POOL,
    DbtResource,
    LandingResource,
    PublicationResource,
    WarehouseResource,
)
from orchestration.settings.parts import LandingSettings, WarehouseSettings
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import begin_step, pass_step
from orchestration.warehouse.disk_space import check_disk_space

# Figures of these last days may still change when late rows arrive.
LATE_DAYS = 3

# What a run says of the day that it builds, in the metadata of its parameters.
DAY_TAKEN = "day_taken"
PARAMETERS = dg.AssetKey(["raw", "run_parameters"])


@dataclass(frozen=True)
class RawTable:
    """A table of the raw schema.

    Attributes:
        key: asset key, as the sources YAML states it.
        identifier: name of the table in the raw schema.
        description: what a row is.
        source: the contract of what lands in it; None for what the run itself writes.
    """

    key: dg.AssetKey
    identifier: str
    description: str
    source: SourceTable | None

    @property
    def landing_key(self) -> dg.AssetKey | None:
        """Return the asset key of the folder its files land in."""
        return dg.AssetKey(["landing", self.identifier]) if self.source else None


def raw_tables(manifest: Manifest) -> list[RawTable]:
    """Read every raw table from the sources of a dbt manifest."""
    contracts = {table.identifier: table for table in declared_tables(manifest)}
    return [
        RawTable(
            key=dg.AssetKey(source["config"]["meta"]["dagster"]["asset_key"]),
            identifier=source["identifier"],
            description=source["description"],
            source=contracts.get(source["identifier"]),
        )
        for source in manifest["sources"].values()
        if source["schema"] == "raw"
    ]


def landing_folders(tables: Sequence[RawTable]) -> list[dg.AssetSpec]:
    """Make the folders of the landing files visible at the head of the graph."""
    return [
        dg.AssetSpec(
            table.landing_key,
            description=f"Files in {table.source.folder}/ of the landing folder.",
            group_name="landing",
        )
        for table in tables
        if table.source
    ]


def raw_assets(tables: Sequence[RawTable]) -> dg.AssetsDefinition:
    """Make the one asset function that lands files into all raw tables."""
    specs = [
        dg.AssetSpec(
            table.key,
            deps=[table.landing_key] if table.landing_key else None,
            description=table.description,
            group_name="raw",
            kinds={"duckdb"},
            skippable=True,
        )
        for table in tables
    ]

    @dg.multi_asset(specs=specs, can_subset=True, pool=POOL)
    def landed_files(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        landing: LandingResource,
        dbt: DbtResource,
        publication: PublicationResource,
    ) -> Iterator[dg.MaterializeResult]:
        """Load what has landed since the last run; settle the day to build."""
        chosen = [table for table in tables if table.key in context.selected_asset_keys]
        zone = reporting_zone(dbt)
        with warehouse.locked():
            published = current_of(publication.published)
            check_disk_space(warehouse.warehouse, landing.landing, published)
            # What lands meanwhile may or may not be read, so it counts as new afterwards.
            state = landing_state(landing.landing)
            loads, rows, built = _land(warehouse, landing, zone, tables, chosen, context.log)
            with Warehouse.of(warehouse).reading() as connection:
                if said := unknown_publication(connection, publication.published):
                    context.log.warning(said)
            if len(chosen) == len(tables):
                remember_landed(warehouse.warehouse, state)
        for table in chosen:
            yield dg.MaterializeResult(
                asset_key=table.key,
                metadata={
                    "dagster/row_count": rows[table.identifier],
                    **_loaded(loads.get(table.source)),
                    **({DAY_TAKEN: built.reason} if table.key == PARAMETERS else {}),
                },
            )

    return landed_files


def _land(
    warehouse: WarehouseSettings,
    settings: LandingSettings,
    zone: ZoneInfo,
    tables: Sequence[RawTable],
    chosen: Sequence[RawTable],
    log: dg.DagsterLogManager,
) -> tuple[dict[SourceTable | None, TableLoad], dict[str, int], DayBuilt]:
    declared = [table.source for table in tables if table.source]
    wanted = [table.source for table in chosen if table.source]
    moment = datetime.now(UTC)
    today = moment.astimezone(zone).date()

    def tell(text: str) -> None:
        (log.warning if is_remark(text) else log.info)(text)

    with Warehouse.of(warehouse).writing() as connection:
        begin_step(connection, "landing")
        limits = Limits(settings.quiet_seconds, settings.unpack_ratio)
        done = land(connection, wanted, settings.landing, moment, tell, declared, limits)
        require_sources(connection, declared, settings.landing)
        known_on = settings.known_on
        built = resolve_as_of(connection, settings.as_of, today, zone.key, known_on)
        write_run_parameters(connection, built.day, LATE_DAYS, known_on, built)
        pass_step(connection, "landing")
        rows = {
            table.identifier: connection.execute(
                f"select count(*) from raw.{table.identifier}"
            ).fetchone()[0]
            for table in tables
        }
    absent = [s.folder for s in wanted if not rows[s.identifier] and not s.seed]
    for text in remarks(done, absent):
        log.warning(text)
    return dict(zip(wanted, done, strict=True)), rows, built


def _loaded(load: TableLoad | None) -> Mapping[str, Any]:
    if load is None:
        return {}
    return {
        "files": len(load.files),
        "rows_loaded": load.rows_loaded,
        "rows_quarantined": load.rows_quarantined,
        "files_refused": len(load.refused),
        "seconds": load.seconds,
    }
