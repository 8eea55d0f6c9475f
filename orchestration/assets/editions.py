"""Past editions of the report, by week and by month: made again as of their last day, in the UI.

An edition is a whole run on a copy of the warehouse, with a publication of its own, so nothing of
today's changes: not the warehouse, not what is published, not ``latest.html``. It takes as long as
a full build and the room of a second warehouse, which is free again afterwards. What is not here:
the editions of today, which the jobs write.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.assets.published import PUBLISHED
from orchestration.resources import (
    DbtResource,
    LandingResource,
    PublicationResource,
    WarehouseResource,
)
from orchestration.settings.channels import CHANNEL_NAMES
from orchestration.settings.crm import CRM_NAMES
from orchestration.warehouse.beside import EDITIONS

GROUP = "editions"
# Whoever has older data says so here; a week begins on Monday.
FIRST = "2020-01-06"
FIRST_MONTH = "2020-02-01"
LINES_SHOWN = 20


class EditionError(RuntimeError):
    """A past edition could not be made. The text is what its run said last."""


class EditionConfig(dg.Config):
    """What an edition may know.

    Attributes:
        as_known_then: leave out what landed after its last day. It asks for a warehouse that was
            at work on that day; otherwise the edition has what came late and what was corrected.
    """

    as_known_then: bool = False


def edition_assets(zone: ZoneInfo) -> list[dg.AssetsDefinition]:
    """Make the editions by week and by month.

    Args:
        zone: the time zone in which days begin and end, and so weeks and months.
    """
    weeks = dg.WeeklyPartitionsDefinition(FIRST, day_offset=1, timezone=zone.key)
    months = dg.MonthlyPartitionsDefinition(FIRST_MONTH, timezone=zone.key)
    return [_edition("weekly", weeks), _edition("monthly", months)]


def _edition(cadence: str, partitions: dg.TimeWindowPartitionsDefinition) -> dg.AssetsDefinition:
    @dg.asset(
        key=["edition", cadence],
        deps=[PUBLISHED],
        partitions_def=partitions,
        group_name=GROUP,
        kinds={"html"},
        description=f"The {cadence} report and exports of a past edition, as of its last day.",
        # Each has a file of its own, and its run takes both cores.
        pool="edition",
    )
    def edition(
        context: dg.AssetExecutionContext,
        config: EditionConfig,
        warehouse: WarehouseResource,
        landing: LandingResource,
        dbt: DbtResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        day = context.partition_time_window.end.date() - timedelta(days=1)
        work = warehouse.warehouse.parent / EDITIONS / f"{cadence}-{day}"
        place = publication.reports / "editions" / cadence / day.isoformat()
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        try:
            # The rest is done on the copy, and takes as long as a run.
            with warehouse.locked(is_kept=False):
                copy_warehouse(warehouse.warehouse, work)
            known_on = day if config.as_known_then else landing.known_on
            run_report(environment_of(work, day, known_on, landing, dbt))
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(work / "reports" / day.isoformat(), place)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(place / "report.html"),
                "as_of": day.isoformat(),
            }
        )

    return edition


def copy_warehouse(file: Path, folder: Path) -> None:
    """Copy the working file, and what a killed run has written ahead of it, into a folder."""
    shutil.copyfile(file, folder / file.name)
    ahead = file.with_name(f"{file.name}.wal")
    if ahead.exists():
        shutil.copyfile(ahead, folder / ahead.name)


def environment_of(
    work: Path, day: date, known_on: date | None, landing: LandingResource, dbt: DbtResource
) -> Mapping[str, str]:
    """Return the settings of a run that makes an edition in a folder of its own."""
    return {
        "LANDING": str(landing.landing),
        "WAREHOUSE": str(work / dbt.warehouse.name),
        "REPORTS": str(work / "reports"),
        "PUBLISHED": str(work / "published"),
        "AS_OF": day.isoformat(),
        "KNOWN_ON": "" if known_on is None else known_on.isoformat(),
        "PSEUDONYM_KEY_FILE": dbt.key_file or "",
        "MEMORY_LIMIT": dbt.memory_limit,
        "THREADS": str(dbt.threads),
        "TARGET": dbt.target,
        "SPARK_MASTER": dbt.spark_master,
        "LANDING_QUIET_SECONDS": str(landing.quiet_seconds),
        "UNPACK_RATIO": str(landing.unpack_ratio),
        # What is long past is told to nobody.
        **dict.fromkeys((*CRM_NAMES, *CHANNEL_NAMES), ""),
    }


def run_report(environment: Mapping[str, str]) -> None:
    """Run the weekly job with these settings, in a process of its own.

    Raises:
        EditionError: it did not deliver.
    """
    command = [sys.executable, "-m", "orchestration.commands.run", "report"]
    ended = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        # Its log is deleted with its folder.
        said = [
            line
            for line in f"{ended.stdout}\n{ended.stderr}".splitlines()
            if line and "; logs: " not in line
        ]
        raise EditionError("\n".join(["No edition was made.", *said[-LINES_SHOWN:]]))
