"""The alerts as an asset: people are told after the publication, and never past a gate.

A channel that fails stops no run: what could not be sent is in the log, the metadata and the book,
and is tried again. What is not here: what is told and how, which is ``alerting``'s.
"""

import dagster as dg

from orchestration.alerting.events import published_day
from orchestration.alerting.notify import in_words, notify
from orchestration.alerting.weekly import weekly_mail as send_weekly
from orchestration.assets.published import PUBLISHED
from orchestration.assets.reports import HEALTH_REPORT
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.settings.channels import ChannelSettings
from orchestration.warehouse.deliverable import require_deliverable

ALERTS = dg.AssetKey(["delivery", "alerts"])


def alerts_asset(channels: ChannelSettings) -> dg.AssetsDefinition:
    """Make the asset that tells people of alerts.

    Args:
        channels: mail and chat; in no resource, as Dagster shows the configuration of those.
    """

    @dg.asset(key=ALERTS, deps=[PUBLISHED], group_name="delivery", pool=POOL)
    def alerts(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        """Tell people what fired and what is good again; files where no channel is set."""
        with warehouse.locked():
            require_deliverable(warehouse, "The alerts")
            told = notify(publication, channels)
        for text in told.remarks:
            context.log.warning(text)
        counted = {
            f"{name}_{state}": count
            for name, counts in told.counts.items()
            for state, count in counts.items()
        }
        place = {"outbox": dg.MetadataValue.path(told.folder)} if told.folder else {}
        return dg.MaterializeResult(
            metadata=counted
            | place
            | {"summary": "; ".join(in_words(told.counts)) or "nothing new"}
        )

    return alerts


def weekly_mail_asset(channels: ChannelSettings) -> dg.AssetsDefinition:
    """Make the asset that sends the weekly report to its subscribers.

    Args:
        channels: mail; in no resource, as Dagster shows the configuration of those.
    """

    @dg.asset(
        key=["delivery", "weekly_mail"],
        deps=[HEALTH_REPORT],
        group_name="delivery",
        tags={"cadence": "weekly"},
        pool=POOL,
    )
    def weekly_mail(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        """Send the weekly report to its subscribers; files where no mail server is set."""
        with warehouse.locked():
            require_deliverable(warehouse, "The weekly mail")
            day = published_day(publication)
            remarks = send_weekly(publication.reports / str(day), publication, channels, day)
        for text in remarks:
            context.log.warning(text)
        return dg.MaterializeResult(metadata={"day": str(day), "remarks": len(remarks)})

    return weekly_mail
