"""The quarterly look at the weights of the score: a check that warns, and changes nothing.

What is not here: what asks for a review, which ``proposal.review`` says, and what other weights
would be, which ``make weights`` prints.
"""

import dagster as dg

from orchestration.proposal.review import reasons_for_review
from orchestration.resources import POOL, WarehouseResource
from orchestration.warehouse.connection import Warehouse

GROUP = "weights_review"
READ = (
    ("intermediate", "int_score_shifts"),
    ("marts", "dim_source_coverage"),
    ("reports", "rpt_health_track_record"),
    ("reports", "rpt_component_track_record"),
    ("reports", "rpt_outlook_drift"),
)


def weights_asset() -> dg.AssetsDefinition:
    """Make the asset whose check says whether somebody should look at the weights."""

    @dg.asset(
        key=["score", "weights_review"],
        deps=[dg.AssetKey(list(table)) for table in READ],
        group_name=GROUP,
        pool=POOL,
        check_specs=[
            dg.AssetCheckSpec(
                "needs_no_review",
                asset=dg.AssetKey(["score", "weights_review"]),
                description="No shift, no drift, no surprises, no wrong sign, no new source.",
            )
        ],
    )
    def weights_review(warehouse: WarehouseResource) -> dg.MaterializeResult:
        """Look for what asks for a review of the weights; `make weights` proposes others."""
        with warehouse.locked(), Warehouse.of(warehouse).reading() as connection:
            reasons = list(reasons_for_review(connection))
        words = "\n".join(f"- {reason.words}" for reason in reasons) or "Nothing."
        return dg.MaterializeResult(
            metadata={"reasons": dg.MetadataValue.md(words)},
            check_results=[
                dg.AssetCheckResult(
                    check_name="needs_no_review",
                    passed=not reasons,
                    severity=dg.AssetCheckSeverity.WARN,
                    description=words,
                )
            ],
        )

    return weights_review
