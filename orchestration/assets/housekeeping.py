"""What a run does last: the first references of a new company, and what is old is cleared.

It is an asset so that every run does it, those of the schedules as well as those of the command.
What is not here: how references are drawn, which ``freezing`` says, and what is old, which
``retention`` does.
"""

from datetime import UTC, datetime

import dagster as dg

from orchestration.assets.published import PUBLISHED
from orchestration.assets.reports import HEALTH_REPORT
from orchestration.dbt_runner.manifest import reporting_zone
from orchestration.freezing.first import freeze_first
from orchestration.resources import POOL, WarehouseResource
from orchestration.retention import clear_old
from orchestration.settings.environment import Settings
from orchestration.warehouse.deliverable import require_deliverable

# What was drawn and cleared, in the metadata; not there where nothing was.
DONE_LAST = "done_last"


def housekeeping_asset(settings: Settings) -> dg.AssetsDefinition:
    """Make the asset that a run ends with.

    Args:
        settings: what is kept for how long, and where it lies.
    """

    @dg.asset(
        key=["delivery", "housekeeping"],
        deps=[PUBLISHED, HEALTH_REPORT],
        group_name="delivery",
        pool=POOL,
    )
    def housekeeping(warehouse: WarehouseResource) -> dg.MaterializeResult:
        """Draw a new company's first references; clear what is older than it may become."""
        today = datetime.now(UTC).astimezone(reporting_zone(settings)).date()
        with warehouse.locked():
            require_deliverable(warehouse, "What a run ends with")
            said = [*freeze_first(settings), *clear_old(settings, today)]
        return dg.MaterializeResult(metadata={DONE_LAST: "\n".join(said)} if said else {})

    return housekeeping
