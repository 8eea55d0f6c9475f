"""What a customer is worth, fitted anew once a month; the next run values by it.

The first fit of a company is made within its first run, by ``models``. What is not here: what is
fitted, which is ``lifetime_value``'s.
"""

import dagster as dg

from orchestration.lifetime_value.fitting import (
    HISTORIES,
    RENEWALS,
    fit_lifetime_value,
    needs_fit,
)
from orchestration.resources import POOL, WarehouseResource

GROUP = "outlook"


def lifetime_value_asset() -> dg.AssetsDefinition:
    """Make the asset that fits what customers are worth, after the tables that it is fitted to."""

    @dg.asset(
        key=["outlook", "lifetime_value_parameters"],
        deps=[dg.AssetKey(["intermediate", table]) for table in (RENEWALS, HISTORIES)],
        group_name=GROUP,
        kinds={"python", "duckdb"},
        pool=POOL,
    )
    def lifetime_value_parameters(warehouse: WarehouseResource) -> dg.MaterializeResult:
        """Fit how long customers stay and what they order; nothing where the fit is not old yet."""
        with warehouse.locked():
            if not needs_fit(warehouse):
                return dg.MaterializeResult(metadata={"fits": 0})
            fits = fit_lifetime_value(warehouse)
        return dg.MaterializeResult(
            metadata={
                "fits": len(fits),
                "fitted": sum(fit.status == "ok" for fit in fits),
                "lacking": [f"{fit.segment}: {fit.reason}" for fit in fits if fit.reason][:10],
            }
        )

    return lifetime_value_parameters
