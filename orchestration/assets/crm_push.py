"""The push to customer systems as an asset, after the publication that it reads.

What is refused or held fails nothing: it is in the metadata, the log and ``marts.fct_crm_push``.
What is not here: what is sent and how, which is ``crm``'s.
"""

import dagster as dg

from orchestration.alerting.push_health import note_pushes
from orchestration.assets.published import PUBLISHED
from orchestration.crm.push import push
from orchestration.resources import POOL, PublicationResource, WarehouseResource
from orchestration.settings.channels import ChannelSettings
from orchestration.settings.crm import CrmSettings
from orchestration.warehouse.deliverable import require_deliverable

CRM_PUSH = dg.AssetKey(["delivery", "crm_push"])


def crm_push_asset(
    crm: CrmSettings, channels: ChannelSettings | None = None
) -> dg.AssetsDefinition:
    """Make the asset that tells customer systems the scores.

    Args:
        crm: the systems; in no resource, as Dagster shows the configuration of those.
        channels: by which somebody is told where a push needs them; None for files.
    """

    @dg.asset(key=CRM_PUSH, deps=[PUBLISHED], group_name="delivery", pool=POOL)
    def crm_push(
        context: dg.AssetExecutionContext,
        warehouse: WarehouseResource,
        publication: PublicationResource,
    ) -> dg.MaterializeResult:
        """Update scores, bands and dates of the accounts in customer systems; a dry run first."""
        with warehouse.locked():
            require_deliverable(warehouse, "The push")
            done = push(publication, crm)
        told = note_pushes(
            publication.warehouse, publication.reports, channels or ChannelSettings(), done
        )
        for text in told:
            context.log.warning(text)
        for one in done:
            for text in one.remarks if not one.is_dry else ():
                context.log.warning(text)
        return dg.MaterializeResult(
            metadata={
                f"{one.destination}_{status}": count
                for one in done
                for status, count in one.counts.items()
            }
            | {one.destination: dg.MetadataValue.path(one.path) for one in done}
        )

    return crm_push
