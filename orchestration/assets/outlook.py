"""The models of the outlook, learned anew once a month or when somebody asks.

No day waits for them but the first, on which ``models`` trains: what dbt scores by is whatever the
book holds. What is not here: how they
learn, which ``outlook`` knows, and how they score, which the models in ``marts/outlook`` say.
"""

import dagster as dg

from orchestration.outlook.run import said, train_all
from orchestration.resources import POOL, DbtResource, WarehouseResource

GROUP = "outlook_training"
READ = ("fct_account_features_weekly", "fct_account_outcomes", "fct_account_health_daily")


def outlook_asset() -> dg.AssetsDefinition:
    """Make the asset that trains."""

    @dg.asset(
        key=["outlook", "models"],
        deps=[dg.AssetKey(["marts", table]) for table in READ],
        group_name=GROUP,
        kinds={"scikitlearn"},
        pool=POOL,
    )
    def outlook_models(
        context: dg.AssetExecutionContext, warehouse: WarehouseResource, dbt: DbtResource
    ) -> dg.MaterializeResult:
        """Learn who will leave from what became of customers so far; a model stays a candidate."""
        with warehouse.locked():
            models = train_all(dbt)
        for line in said(models):
            context.log.info(line)
        return dg.MaterializeResult(
            metadata={
                "models": sum(model.regression is not None for model in models),
                "better": [model.version for model in models if model.is_better],
                "said": dg.MetadataValue.md("\n".join(f"- {line}" for line in said(models))),
            }
        )

    return outlook_models
